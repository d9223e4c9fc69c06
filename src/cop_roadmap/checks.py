"""What a valid roadmap may still get wrong, or leave open: rules over the whole of it.

The rules themselves, with their names and explanations, are in ``rules``.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby, islice
from math import floor

from cop_roadmap import canvas, catalogue, glyphs, palette, ratings, tags
from cop_roadmap.calendar import month_of, months_of
from cop_roadmap.canvas import Span
from cop_roadmap.catalogue import Catalogue
from cop_roadmap.colours import Colour
from cop_roadmap.roadmap import Look, Planned, Roadmap, Status, is_blank

# A third of the 24 sections: then the months are full.
_MANY_SECTIONS = 8
# Shorter texts may well be the same by chance.
_SHORTEST_REPEATED = 30
# No question of the canvas is longer, in any language.
_LONGEST_QUESTION = 400
_FIRST_QUARTER = 3
# The year is reviewed when it is over, and no later than in the quarter behind it.
_LAST_MONTH_OF_REVIEWS = canvas.YEAR.last_month + 3
# A finding about a text of emoji names the first of them.
_MOST_NAMED = 3
# A word, with signs that belong to it: C# is not C++.
_WORD = re.compile(r"[^\W_]+[+#]*")
# What a question ends with, also in Greek, Arabic, Armenian and Chinese.
_ASKING = re.compile("[?;;؟՞？]")

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, with the path through the roadmap instead of a place in a file.

    ``at_key`` says that the key is meant rather than its value; ``part`` is what is meant of the
    value, if not the whole of it.
    """

    rule: str
    message: str
    path: Path
    hint: str | None = None
    at_key: bool = False
    part: str = ""


Check = Callable[[Roadmap], Iterator[Finding]]


def _path(planned: Planned, key: str) -> Path:
    return ("sections", planned.section, "timeline", planned.period.key, planned.index, key)


def _rows(actions: Iterable[Planned]) -> Iterator[tuple[str, list[Planned]]]:
    """Yield each section that has some of the actions, with them."""
    for key, row in groupby(actions, lambda planned: planned.section):
        yield key, list(row)


def _overlap(period: Span, other: Span) -> bool:
    return period.first_month <= other.last_month and other.first_month <= period.last_month


# ── contradictions ───────────────────────────────────────────────────────────────────────────────


def contradictory_status(roadmap: Roadmap) -> Iterator[Finding]:
    """Find what is done or dropped without saying what, or both at once."""
    for planned in roadmap.actions:
        status = planned.action.status
        if status.is_over and is_blank(planned.action.action):
            message = f"This action is {status.value}, but does not say what it was."
            yield Finding("contradictory-status", message, _path(planned, "status"), "Say it.")
    yield from _done_and_dropped(roadmap)
    for step, items in roadmap.creation.items():
        for key, item in items.items():
            if item.done and is_blank(item.answer):
                message = f"`{key}` is settled, but its answer is empty."
                hint = "Write down what was settled, or delete `done`."
                yield Finding("contradictory-status", message, ("creation", step, key), hint)


def _done_and_dropped(roadmap: Roadmap) -> Iterator[Finding]:
    """Find actions that are dropped and done in one period; what recurs may be both in two."""
    texts = {
        (each.section, each.period.key, _normalised(each.action.action))
        for each in roadmap.actions
        if each.action.status is Status.DONE and not is_blank(each.action.action)
    }
    for planned in roadmap.actions:
        if planned.action.status is not Status.DROPPED:
            continue
        if (planned.section, planned.period.key, _normalised(planned.action.action)) in texts:
            message = f"This action is dropped here, and done in `{planned.period.key}`."
            hint = "Keep the one that is true."
            yield Finding("contradictory-status", message, _path(planned, "status"), hint)


def due_dates(roadmap: Roadmap) -> Iterator[Finding]:
    """Find due dates outside the roadmap's year, or outside the period of their action."""
    start = roadmap.community.start
    if start is None:
        return
    for planned in roadmap.actions:
        due = planned.action.due
        if due is None or planned.action.status.is_over or _is_in(due, start, planned.period):
            continue
        if not _is_in(due, start, canvas.YEAR):
            message = f"{due} is not in the roadmap's year, which is {_months(start, canvas.YEAR)}."
            hint = "Check the year of the date, and `start` of the community."
            yield Finding("due-outside-year", message, _path(planned, "due"), hint)
        else:
            period = planned.period
            message = f"{due} is not in `{period.key}`, which is {_months(start, period)}."
            hint = "Change the date, or move the action to the period of its date."
            yield Finding("due-outside-period", message, _path(planned, "due"), hint)


def _is_in(day: date, start: date, span: Span) -> bool:
    first, last = months_of(start, span)
    return first <= day.replace(day=1) <= last


def _months(start: date, span: Span) -> str:
    first, last = months_of(start, span)
    return f"{first:%Y-%m}" if first == last else f"{first:%Y-%m} to {last:%Y-%m}"


# ── gaps in the plan ─────────────────────────────────────────────────────────────────────────────


def no_responsible(roadmap: Roadmap) -> Iterator[Finding]:
    """Find sections with actions that nobody is responsible for."""
    for key, row in _rows(roadmap.actions):
        loose = [
            each
            for each in row
            if not each.action.status.is_over
            and not is_blank(each.action.action)
            and all(map(is_blank, each.action.responsible))
        ]
        if loose and all(map(is_blank, roadmap.sections[key].responsible)):
            count = "one action" if len(loose) == 1 else f"{len(loose)} actions"
            message = f"`{key}` plans {count}, and nobody is responsible."
            hint = "Write `responsible:` and a role, such as Core group."
            yield Finding("no-responsible", message, ("sections", key), hint, at_key=True)


def ambitions(roadmap: Roadmap) -> Iterator[Finding]:
    """Find ambitions without actions, and months full of actions without an ambition."""
    for span in canvas.AMBITIONS:
        path: Path = ("ambitions", span.key)
        months = f"months {span.first_month} to {span.last_month}"
        sections = {each.section for each in roadmap.plan if _overlap(each.period, span)}
        is_written = not is_blank(roadmap.ambitions[span.key])
        if is_written and not sections and roadmap.plan:
            message = f"`{span.key}` has no action in its {months}."
            hint = "Plan what will bring it about, or change the ambition."
            yield Finding("ambition-without-actions", message, path, hint, at_key=True)
        if not is_written and len(sections) >= _MANY_SECTIONS:
            message = f"{len(sections)} sections have actions in {months}, without an ambition."
            hint = f"Write `{span.key}:` under `ambitions:`."
            yield Finding("actions-without-ambition", message, path, hint, at_key=True)


def stops_early(roadmap: Roadmap) -> Iterator[Finding]:
    """Find sections whose several actions all lie in the first quarter and are not over."""
    # While no section is planned any further, the plan as a whole has just begun.
    if not any(each.period.first_month > _FIRST_QUARTER for each in roadmap.plan):
        return
    for key, row in _rows(roadmap.plan):
        is_over = all(each.action.status is Status.DONE for each in row)
        if len(row) > 1 and not is_over and row[-1].period.last_month <= _FIRST_QUARTER:
            message = f"The last action of `{key}` is in `{row[-1].period.key}`."
            hint = "Plan a later look at what came of them."
            path = ("sections", key, "timeline")
            yield Finding("stops-early", message, path, hint, at_key=True)


def action_without_text(roadmap: Roadmap) -> Iterator[Finding]:
    """Find actions that say by whom or when, but not what."""
    for planned in roadmap.actions:
        if is_blank(planned.action.action) and not planned.action.status.is_over:
            message = "This action does not say what will be done."
            path = _path(planned, "action")
            yield Finding("action-without-text", message, path, "Write it behind `action:`.")


# ── reviews ──────────────────────────────────────────────────────────────────────────────────────


def duplicate_reviews(roadmap: Roadmap) -> Iterator[Finding]:
    """Find reviews of one day."""
    # People count from 1.
    first: dict[date, int] = {}
    for number, review in enumerate(roadmap.reviews, 1):
        if review and (other := first.setdefault(review.date, number)) != number:
            message = f"There is another review of {review.date}: number {other} of the list."
            hint = "Correct one of the two dates, or make one review of both."
            yield Finding("duplicate-review", message, ("reviews", number - 1, "date"), hint)


def reviews(roadmap: Roadmap) -> Iterator[Finding]:
    """Find reviews that rate nothing, and reviews long after the roadmap's year."""
    start = roadmap.community.start
    for index, review in enumerate(roadmap.reviews):
        if review is None:
            continue
        path = ("reviews", index, "date")
        if not review.rated:
            message = f"The review of {review.date} rates nothing."
            hint = "Write sections and ratings from 1 to 5 under `ratings:`."
            yield Finding("empty-review", message, path, hint)
        if start and month_of(start, review.date) > _LAST_MONTH_OF_REVIEWS:
            year = _months(start, canvas.YEAR)
            message = f"{review.date} is long after the roadmap's year, which is {year}."
            hint = "Check the year of the date, and `start` of the community."
            yield Finding("review-outside-year", message, path, hint)


# ── texts ────────────────────────────────────────────────────────────────────────────────────────


def texts(roadmap: Roadmap) -> Iterator[tuple[Path, str]]:
    """Yield the answers to all questions of the canvas, also where nothing is filled in."""
    for key, section in roadmap.sections.items():
        yield ("sections", key, "answer"), section.answer
    for key, text in roadmap.ambitions.items():
        yield ("ambitions", key), text
    for step, items in roadmap.creation.items():
        for key, item in items.items():
            yield ("creation", step, key, "answer"), item.answer


def _normalised(text: str) -> str:
    """Reduce a text to its words, as a reader compares them."""
    return " ".join(_WORD.findall(text.casefold()))


def _opening(text: str) -> tuple[str, ...]:
    """Return the first words, by which most texts differ already."""
    return tuple(found[0] for found in islice(_WORD.finditer(text.casefold()), 4))


def repeated_text(roadmap: Roadmap) -> Iterator[Finding]:
    """Find texts that stand in several places.

    Sections and creation steps are compared by themselves: the canvas asks for a purpose in both.
    """
    alike: dict[tuple[object, ...], list[tuple[Path, str]]] = defaultdict(list)
    for path, text in texts(roadmap):
        if len(text) >= _SHORTEST_REPEATED:
            alike[path[0] == "creation", *_opening(text)].append((path, text))
    for group in alike.values():
        if len(group) > 1:
            yield from _repeated(group)


def _repeated(texts: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for path, text in texts:
        words = _normalised(text)
        if len(words) < _SHORTEST_REPEATED:
            continue
        if words in first:
            other = ".".join(map(str, first[words])).removesuffix(".answer")
            hint = "Say here what is special about it, or leave it empty."
            yield Finding("repeated-text", f"This text stands in `{other}` already.", path, hint)
        else:
            first[words] = path


def question_as_answer(roadmap: Roadmap) -> Iterator[Finding]:
    """Find questions of the canvas that stand as the answer, in the language of the roadmap."""
    for path, text in texts(roadmap):
        # Only a short text that asks can be one: for all others the catalogue need not be read.
        if len(text) > _LONGEST_QUESTION or not _ASKING.search(text):
            continue
        if _normalised(text) in _questions(roadmap.community.language):
            message = "This is the question of the canvas, not an answer."
            hint = "Answer it, or leave the text empty."
            yield Finding("question-as-answer", message, path, hint)


def _questions(language: str) -> frozenset[str]:
    """Return all questions of the canvas, in a language and in English."""
    served = {tags.best_match(tag) or tags.DEFAULT for tag in (language, tags.DEFAULT)}
    return frozenset[str]().union(*(_questions_in(catalogue.load(tag)) for tag in served))


@cache
def _questions_in(words: Catalogue) -> frozenset[str]:
    tables = words.words
    entries = [*tables["sections"].values(), *tables["ambitions"].values()]
    for step in tables["creation"].values():
        entries += step["items"].values()
    return frozenset(_normalised(entry["question"]) for entry in entries)


def missing_glyph(roadmap: Roadmap, own: glyphs.Codes = frozenset()) -> Iterator[Finding]:
    """Find characters that the PDF can only print by name or number.

    What a font of one's own has is known once it was read; until then, nothing is found.
    """
    if roadmap.document.font and not own:
        return
    for path, text in _printed(roadmap):
        printed = glyphs.spelt_out(text, own)
        if not printed:
            continue
        first = ", ".join(f"`{char}`" for char in islice(printed, _MOST_NAMED))
        words = ", ".join(f"`{each}`" for each in islice(printed.values(), _MOST_NAMED))
        more = len(printed) - _MOST_NAMED
        rest, dots = (f" and {more} more", ", …") if more > 0 else ("", "")
        message = f"No font of the PDF has {first}{rest}. It prints {words}{dots}."
        hint = "Say it in words, or leave it: the page and the Markdown show it."
        yield Finding("missing-glyph", message, path, hint, part=next(iter(printed)))


def _printed(roadmap: Roadmap) -> Iterator[tuple[Path, str]]:
    """Yield every text of a roadmap that stands in its documents."""
    yield ("community", "name"), roadmap.community.name
    yield ("community", "summary"), roadmap.community.summary
    for name in ("sponsor", "facilitator"):
        for index, text in enumerate(getattr(roadmap.community, name)):
            yield ("community", name, index), text
    yield ("document", "footer"), roadmap.document.footer
    yield from texts(roadmap)
    for key, section in roadmap.sections.items():
        for name in ("responsible", "resources"):
            for index, text in enumerate(getattr(section, name)):
                yield ("sections", key, name, index), text
    for planned in roadmap.actions:
        yield _path(planned, "action"), planned.action.action
        for index, text in enumerate(planned.action.responsible):
            yield (*_path(planned, "responsible"), index), text
    yield from _printed_of_reviews(roadmap)


def _printed_of_reviews(roadmap: Roadmap) -> Iterator[tuple[Path, str]]:
    shown = ratings.shown(roadmap)
    for index, review in enumerate(roadmap.reviews):
        if review in shown:
            yield ("reviews", index, "note"), review.note
            for number, text in enumerate(review.by):
                yield ("reviews", index, "by", number), text


def unknown_language(roadmap: Roadmap) -> Iterator[Finding]:
    """Find a language whose labels nobody has written yet."""
    tag = roadmap.community.language
    if tags.best_match(tag) is None:
        message = f"There are no words for documents in `{tag}` yet."
        known = ", ".join(tags.known())
        hint = f"There are words in {known}. `--words` takes a file with words of yours."
        yield Finding("unknown-language", message, ("community", "language"), hint)


# ── the look ─────────────────────────────────────────────────────────────────────────────────────


def low_contrast(look: Look) -> Iterator[Finding]:
    """Find colours of text that cannot be read on the paper."""
    given = look.colours
    for clash in palette.clashes(*chosen_colours(look)):
        # A colour that is not given cannot be pointed at.
        name = clash.name if getattr(given, clash.name) else "paper"
        # Cut, not rounded: 4.497 is less than what is needed.
        ratio = floor(clash.ratio * 100) / 100
        message = (
            f"`{clash.name}` {clash.colour} on `paper` {clash.paper} has a contrast of {ratio:.2f} "
            f"to 1; text needs {palette.TEXT_RATIO} to 1 to be read."
        )
        hint = f'The nearest colour that can be read: `{clash.name}: "{clash.way_out}"`.'
        yield Finding("low-contrast", message, ("document", "colours", name), hint)


def chosen_colours(look: Look) -> tuple[Colour, Colour, Colour]:
    """Return the ink, the paper and the accent, with what is used where none is given."""
    given = look.colours
    return (
        Colour.parse(given.ink) if given.ink else palette.INK,
        Colour.parse(given.paper) if given.paper else palette.PAPER,
        Colour.parse(given.accent) if given.accent else palette.ACCENT,
    )


# ── what is not filled in yet ────────────────────────────────────────────────────────────────────


def gaps(roadmap: Roadmap) -> Iterator[Finding]:
    """Find everything that is not filled in yet."""
    with_plan = {each.section for each in roadmap.plan}
    for key, section in roadmap.sections.items():
        path: Path = ("sections", key)
        has_plan = key in with_plan
        if is_blank(section.answer):
            message = f"`{key}` has no answer yet."
            yield Finding("no-answer", message, (*path, "answer"), at_key=True)
        if not has_plan:
            message = f"`{key}` has no actions yet."
            yield Finding("no-plan", message, (*path, "timeline"), at_key=True)
        if has_plan and all(map(is_blank, section.resources)):
            message = f"`{key}` names no resources yet."
            yield Finding("no-resources", message, (*path, "resources"), at_key=True)
    for key, text in roadmap.ambitions.items():
        if is_blank(text):
            message = f"`{key}` is not written yet."
            yield Finding("no-ambition", message, ("ambitions", key), at_key=True)
    for step, items in roadmap.creation.items():
        for key, item in items.items():
            if is_blank(item.answer):
                message = f"`{key}` has no answer yet."
                yield Finding("creation-open", message, ("creation", step, key), at_key=True)


# ── what the roadmap silences ────────────────────────────────────────────────────────────────────


def ignores(roadmap: Roadmap, fired: Collection[str]) -> Iterator[Finding]:
    """Find rules that are silenced without a reason, or that are not among those that fired."""
    for rule, reason in roadmap.lint.ignore.items():
        path = ("lint", "ignore", rule)
        if is_blank(reason):
            message = f"`{rule}` is not silenced: the reason is missing."
            hint = "Write the reason behind the colon, or delete the line."
            yield Finding("ignore-without-reason", message, path, hint, at_key=True)
        elif rule not in fired:
            message = f"`{rule}` is silenced, but finds nothing any more."
            yield Finding("unused-ignore", message, path, "Delete this line.", at_key=True)


CHECKS: tuple[Check, ...] = (
    contradictory_status,
    due_dates,
    no_responsible,
    ambitions,
    stops_early,
    action_without_text,
    duplicate_reviews,
    reviews,
    repeated_text,
    question_as_answer,
    missing_glyph,
    unknown_language,
    lambda roadmap: low_contrast(roadmap.document),
)


def check(roadmap: Roadmap) -> Iterator[Finding]:
    """Apply every rule to a roadmap but those about what is not filled in yet: see ``gaps``."""
    for rule in CHECKS:
        yield from rule(roadmap)
