"""Where a plan stands on a day: what is done, under way, planned or late, and by when it is due.

An action is due on its ``due`` date, or else on the last day of its period, which is known where
the community has a start. It is late from the day after, unless it is done.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cop_roadmap import canvas
from cop_roadmap.calendar import days_of, period_of
from cop_roadmap.canvas import Span
from cop_roadmap.roadmap import Planned, Roadmap, Status


class State(StrEnum):
    """How an action of the plan is on a day. What is late is so whether it was begun or not."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    LATE = "late"

    @property
    def is_open(self) -> bool:
        """Whether there is something left to do."""
        return self is not State.DONE


@dataclass(frozen=True, slots=True)
class Task:
    """An action of the plan as it stands on a day.

    ``first`` is the first day of its period, ``deadline`` the last day on which it is not late;
    each is None where it cannot be known. ``days_late`` is 0 unless it is late.
    """

    planned: Planned
    period: Span
    state: State
    first: date | None
    deadline: date | None
    days_late: int

    @property
    def is_open(self) -> bool:
        """Whether there is something left to do."""
        return self.state.is_open


def tasks(roadmap: Roadmap, as_of: date | None) -> tuple[Task, ...]:
    """Return the actions of the plan as they stand on a day, in the order of sections and periods.

    What was dropped is no part of the plan. Without a day nothing is late. ``period`` is where an
    action belongs in time: a ``due`` date goes before the period that it stands in.
    """
    start = roadmap.community.start
    return tuple(_task(planned, start, as_of) for planned in roadmap.plan)


def _task(planned: Planned, start: date | None, as_of: date | None) -> Task:
    due, period = planned.action.due, planned.period
    first = deadline = None
    if start:
        period = (due and period_of(start, due)) or period
        first, deadline = days_of(start, period)
    deadline = due or deadline
    state = State(planned.action.status.value)
    days_late = 0
    if as_of and deadline and deadline < as_of and state.is_open:
        state, days_late = State.LATE, (as_of - deadline).days
    return Task(planned, period, state, first, deadline, days_late)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many actions of a plan are in each state; every action is in exactly one."""

    done: int = 0
    in_progress: int = 0
    planned: int = 0
    late: int = 0

    @property
    def total(self) -> int:
        """How many actions there are."""
        return self.done + self.in_progress + self.planned + self.late


def tally(tasks: Iterable[Task]) -> Tally:
    """Count actions by their state."""
    return Tally(**Counter(task.state.value for task in tasks))


def is_late(planned: Planned, start: date | None, as_of: date | None) -> bool:
    """Tell whether an action is late on a day; what was dropped never is."""
    if planned.action.status is Status.DROPPED:
        return False
    return _task(planned, start, as_of).state is State.LATE


def focus(roadmap: Roadmap, as_of: date | None) -> Span:
    """Return the period to look at: that of the day, or else the first with something left to do.

    A plan in which all is done is looked at where it begins.
    """
    start = roadmap.community.start
    of_day = period_of(start, as_of) if start and as_of else None
    open_periods = {task.period for task in tasks(roadmap, as_of) if task.is_open}
    first_open = (span for span in canvas.PERIODS if span in open_periods)
    return of_day or next(first_open, canvas.PERIODS[0])
