"""What a valid roadmap may still get wrong: rules over the whole of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cop_roadmap import canvas, catalogue
from cop_roadmap.calendar import months_of
from cop_roadmap.diagnostics import Severity
from cop_roadmap.roadmap import Roadmap


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, with the path through the roadmap instead of a place in a file."""

    rule: str
    severity: Severity
    message: str
    path: tuple[str | int, ...]
    hint: str


Check = Callable[[Roadmap], Iterator[Finding]]


def due_outside_period(roadmap: Roadmap) -> Iterator[Finding]:
    """Find actions whose due date lies outside the months of their period."""
    start = roadmap.community.start
    if start is None:
        return
    for section_key, section in roadmap.sections.items():
        for period in canvas.PERIODS:
            first, last = months_of(start, period)
            for index, action in enumerate(section.timeline[period.key]):
                if action.due and not first <= action.due.replace(day=1) <= last:
                    months = f"{first:%Y-%m}" if first == last else f"{first:%Y-%m} to {last:%Y-%m}"
                    yield Finding(
                        "due-outside-period",
                        Severity.WARNING,
                        f"{action.due} is not in `{period.key}`, which is {months}.",
                        ("sections", section_key, "timeline", period.key, index, "due"),
                        "Change the date, or move the action to the period of its date.",
                    )


def unknown_language(roadmap: Roadmap) -> Iterator[Finding]:
    """Find a language whose labels nobody has written yet."""
    tag = roadmap.community.language
    if catalogue.best_match(tag) is None:
        known = ", ".join(f"`{language}`" for language in catalogue.languages())
        yield Finding(
            "unknown-language",
            Severity.WARNING,
            f"The labels of the documents are not translated to `{tag}` yet.",
            ("community", "language"),
            f"They come out in English. There are labels in {known}.",
        )


CHECKS: tuple[Check, ...] = (due_outside_period, unknown_language)


def check(roadmap: Roadmap) -> Iterator[Finding]:
    """Apply every rule to a roadmap."""
    for rule in CHECKS:
        yield from rule(roadmap)
