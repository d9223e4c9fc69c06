"""The roadmap as frozen models: what a file may hold, and nothing else.

Only ``community.name`` is required. Empty means "not filled in yet" everywhere: a key without a
value and an empty text are the same as a key that is not there. A text may be given in several
languages: the context of validation, a ``wordings.Reading``, says which one is read. Custom error
types carry what the loader needs to say in plain words (see ``loading``).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PlainSerializer,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from cop_roadmap import canvas, colours, rules, tags, wordings
from cop_roadmap.calendar import INTERVAL_PATTERN, Interval
from cop_roadmap.wordings import Reading

# Years that a roadmap can mean: far from the end of the calendar, as months are added to them.
MONTH_PATTERN = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"
DAY_PATTERN = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
# The shape of a BCP 47 tag (RFC 5646, section 2.1) without its rarer extensions.
LANGUAGE_PATTERN = r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$"

# A fingerprint of a text: letters only, as YAML takes some words of digits for numbers.
FINGERPRINT_PATTERN = r"^[a-p]{8}$"

# More does not fit on a line at the foot of a page.
MAX_FOOTER = 120


class Status(StrEnum):
    """How far an action is."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self in (Status.DONE, Status.DROPPED)


def is_blank(value: object) -> bool:
    """Tell whether a value counts as "not filled in yet"."""
    return value is None or (isinstance(value, str) and not value.strip())


def _or(default: object) -> BeforeValidator:
    """Read an empty value as the default."""
    return BeforeValidator(lambda value: default if is_blank(value) else value)


def _matching(pattern: str, error: str, read: Callable[[str], Any]) -> BeforeValidator:
    """Read a text of a given shape; anything else is an error of a given type."""

    def validate(value: object) -> object:
        if is_blank(value):
            return None
        if isinstance(value, str) and re.fullmatch(pattern, value):
            try:
                return read(value)
            except ValueError:
                pass
        raise PydanticCustomError(error, "not of the expected shape")

    return BeforeValidator(validate)


def _given(day: object) -> object:
    if day is None:
        raise PydanticCustomError("no_day", "not given")
    return day


def _listed(value: object) -> object:
    """Read one entry as a list of one. Empty entries stay, so that positions match the file."""
    if is_blank(value):
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _read_text(value: object, info: ValidationInfo) -> object:
    """Read a text, or of one in several languages that which the context asks for."""
    if wordings.are(value):
        value = _in_language(value, info, (str,))
    return "" if is_blank(value) else value


def _read_texts(value: object, info: ValidationInfo) -> object:
    """Read texts, which may be listed in each language, too."""
    return _listed(_in_language(value, info, (str, list)) if wordings.are(value) else value)


def _in_language(value: Any, info: ValidationInfo, kinds: tuple[type, ...]) -> object:
    _refuse_other(value, kinds)
    context = info.context
    key = wordings.key_for(value, context if isinstance(context, Reading) else None)
    return None if key is None else value[key]


def _refuse_other(texts: Mapping[Any, Any], kinds: tuple[type, ...]) -> None:
    """Refuse keys that are no language, and what is no text."""
    errors: list[InitErrorDetails] = []
    for tag, text in texts.items():
        if not isinstance(tag, str) or tags.best_match(tag) is None:
            no_language = PydanticCustomError("no_language", "not a language")
            errors.append({"type": no_language, "loc": (tag,), "input": text})
        elif text is not None and not isinstance(text, kinds):
            errors.append({"type": "string_type", "loc": (tag,), "input": text})
    if errors:
        raise ValidationError.from_exception_data("text", errors)


Text = Annotated[str, BeforeValidator(_read_text)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_read_texts)]
Month = Annotated[
    date | None,
    _matching(MONTH_PATTERN, "bad_month", lambda text: date.fromisoformat(f"{text}-01")),
    PlainSerializer(lambda month: month and f"{month:%Y-%m}", when_used="json-unless-none"),
]
Day = Annotated[date | None, _matching(DAY_PATTERN, "bad_day", date.fromisoformat)]
GivenDay = Annotated[
    date, BeforeValidator(_given), _matching(DAY_PATTERN, "bad_day", date.fromisoformat)
]
Language = Annotated[str, _matching(LANGUAGE_PATTERN, "bad_language", str), _or(tags.DEFAULT)]
# How often the community holds a review, written as 3 months or 6 weeks.
Every = Annotated[
    Interval | None,
    _matching(INTERVAL_PATTERN, "bad_interval", Interval.parse),
    PlainSerializer(str, when_used="unless-none"),
]
# As written, such as #0a5a66 or #abc; None where it is not given.
Colour = Annotated[str | None, _matching(colours.PATTERN, "bad_colour", str)]


# Stands where a mapping is not given: validation makes it complete.
_COMPLETE: Any = Field(default_factory=dict, validate_default=True)


class Model(BaseModel):
    """A part of the roadmap: frozen, without unknown keys, and all default when empty."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_default(cls, value: object) -> object:
        return {} if is_blank(value) else value

    @classmethod
    def _is_text(cls, value: object) -> bool:
        """Tell whether a text stands here, in one language or several, instead of keys."""
        if not wordings.are(value):
            return isinstance(value, str)
        return not any(key in cls.model_fields for key in value)  # type: ignore[attr-defined]


class Table(Mapping[str, Any]):
    """A mapping that cannot be changed, and so can be compared, hashed, copied and pickled."""

    __slots__ = ("_entries",)

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, key: str) -> Any:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __hash__(self) -> int:
        return hash(tuple(self._entries.items()))

    def __repr__(self) -> str:
        return repr(self._entries)


# Instead of what stands for an absent key: the key stays absent.
_ABSENT: Any = object()


class _Keyed:
    """Annotates a mapping with known keys, in order; absent ones hold what stands for empty."""

    def __init__(self, entries: Mapping[str, Any], empty: object) -> None:
        self.entries = entries
        self.empty = empty

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        fields = {
            key: self._field(handler.generate_schema(annotation))
            for key, annotation in self.entries.items()
        }
        table = core_schema.typed_dict_schema(fields, extra_behavior="forbid")
        filled = core_schema.no_info_before_validator_function(
            lambda value: {} if is_blank(value) else value, table
        )
        return core_schema.no_info_after_validator_function(
            Table,
            filled,
            serialization=core_schema.wrap_serializer_function_ser_schema(
                lambda value, serialize: serialize(dict(value)), schema=table
            ),
        )

    def _field(self, schema: CoreSchema) -> core_schema.TypedDictField:
        if self.empty is _ABSENT:
            return core_schema.typed_dict_field(schema, required=False)
        return core_schema.typed_dict_field(
            core_schema.with_default_schema(schema, default=self.empty, validate_default=True)
        )


class Action(Model):
    """Something that the community will do in a period.

    ``responsible`` replaces the section's, where it is given. ``due`` is a calendar day.
    """

    action: Text
    status: Annotated[Status, Field(strict=False), _or(Status.PLANNED)] = Status.PLANNED
    responsible: Texts = ()
    due: Day = None

    @model_validator(mode="before")
    @classmethod
    def _written_as_text(cls, value: object) -> object:
        return {"action": value} if value is None or cls._is_text(value) else value

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        nobody = all(map(is_blank, self.responsible))
        return is_blank(self.action) and nobody and self.due is None and not self.status.is_over


Actions = Annotated[tuple[Action, ...], BeforeValidator(_listed)]
Timeline = Annotated[
    Mapping[str, tuple[Action, ...]],
    _Keyed(dict.fromkeys(canvas.PERIOD_KEYS, Actions), empty=()),
]


class Section(Model):
    """One of the 24 sections: its answer (Markdown) and its row of the timeline grid."""

    answer: Text = ""
    timeline: Timeline = _COMPLETE
    responsible: Texts = ()
    resources: Texts = ()


class CreationItem(Model):
    """One item of a creation step: its answer (Markdown) and whether it is settled."""

    answer: Text = ""
    done: Annotated[bool, _or(False)] = False

    @model_validator(mode="before")
    @classmethod
    def _written_as_text(cls, value: object) -> object:
        return {"answer": value} if cls._is_text(value) else value


class Community(Model):
    """Who the community is. ``start`` is the first day of the month that is Month 1."""

    name: Annotated[Text, Field(min_length=1)]
    summary: Text = ""
    sponsor: Texts = ()
    facilitator: Texts = ()
    start: Month = None
    review_every: Every = None
    language: Language = tags.DEFAULT


class Colours(Model):
    """The colours that people choose: of text, of its ground, and of what leads the eye."""

    accent: Colour = None
    ink: Colour = None
    paper: Colour = None


class Font(Model):
    """The files of a font, TTF or OTF; where a style has none, the regular one serves."""

    regular: Annotated[Text, Field(min_length=1)]
    italic: Text = ""
    bold: Text = ""
    bold_italic: Text = ""

    @model_validator(mode="before")
    @classmethod
    def _written_as_text(cls, value: object) -> object:
        return {"regular": value} if isinstance(value, str) else value


class Look(Model):
    """How documents look: what ``document`` holds, and what a theme file holds.

    ``logo`` is a file, ``logo_text`` says in words what it shows, ``footer`` is a line of plain
    text. Files are named relative to the file that names them.
    """

    colours: Colours = Colours()
    font: Annotated[Font | None, _or(None)] = None
    # Before the logo, which is looked at together with it.
    logo_text: Text = ""
    logo: Text = ""
    footer: Text = ""

    @field_validator("logo")
    @classmethod
    def _has_text(cls, logo: str, info: ValidationInfo) -> str:
        if logo and info.data.get("logo_text") == "":
            raise PydanticCustomError("no_logo_text", "a picture without words")
        return logo

    @field_validator("footer")
    @classmethod
    def _fits_on_a_line(cls, footer: str) -> str:
        if len(footer) > MAX_FOOTER:
            raise PydanticCustomError("long_footer", "more than a line")
        return footer


class ThemeFile(Model):
    """A theme file, as if what it holds stood under a key: so it is told from a roadmap."""

    theme: Look


class Lint(Model):
    """Which rules the roadmap silences, each with the reason; a blank reason silences nothing."""

    ignore: Annotated[
        Mapping[str, str], _Keyed(dict.fromkeys(rules.OPTIONAL, Text), empty=_ABSENT)
    ] = _COMPLETE


Sections = Annotated[
    Mapping[str, Section], _Keyed(dict.fromkeys(canvas.SECTION_KEYS, Section), empty=None)
]
Ambitions = Annotated[
    Mapping[str, str], _Keyed(dict.fromkeys(canvas.AMBITION_KEYS, Text), empty="")
]
Creation = Annotated[
    Mapping[str, Mapping[str, CreationItem]],
    _Keyed(
        {
            step: Annotated[
                Mapping[str, CreationItem], _Keyed(dict.fromkeys(items, CreationItem), empty=None)
            ]
            for step, items in canvas.STEP_ITEMS.items()
        },
        empty=None,
    ),
]


def _rating(value: object) -> object:
    """Read how far a section is; empty means that it was not rated."""
    if is_blank(value):
        return None
    # True is a number to Python; 4.0 is a whole one.
    if isinstance(value, int | float) and value is not True and value in canvas.RATINGS:
        return int(value)
    raise PydanticCustomError("bad_rating", "not on the scale")


Rating = Annotated[int | None, BeforeValidator(_rating)]
Ratings = Annotated[
    Mapping[str, int | None],
    _Keyed(dict.fromkeys(canvas.SECTION_KEYS, Rating), empty=_ABSENT),
]


class Review(Model):
    """One look at how the community does: what was rated on a day, by whom, and a note (Markdown).

    A section's rating is from 1 (nothing there yet) to 5 (others learn from it).
    """

    date: GivenDay
    by: Texts = ()
    ratings: Ratings = _COMPLETE
    note: Text = ""

    @property
    def rated(self) -> dict[str, int]:
        """The sections that were rated, in the order of the canvas."""
        given = {key: self.ratings.get(key) for key in canvas.SECTION_KEYS}
        return {key: rating for key, rating in given.items() if rating is not None}


def _is_fingerprint(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(FINGERPRINT_PATTERN, value):
        raise PydanticCustomError("bad_fingerprint", "not a fingerprint")
    return value


# What ``coproadmap translated`` noted of texts that say the same: by language, a fingerprint.
Translations = Annotated[
    tuple[dict[str, Annotated[str, BeforeValidator(_is_fingerprint)]], ...],
    BeforeValidator(_listed),
]
Reviews = Annotated[
    tuple[Annotated[Review | None, _or(None)], ...],
    BeforeValidator(_listed),
]


@dataclass(frozen=True, slots=True)
class Planned:
    """An action that is filled in, with where it stands: ``index`` counts from 0 in its period.

    ``people`` are those responsible, each name written in one way: its own, or its section's.
    """

    section: str
    period: canvas.Span
    index: int
    action: Action
    people: tuple[str, ...]


def names(texts: Iterable[str]) -> tuple[str, ...]:
    """Return names with their white space folded, so that each is written in one way."""
    return tuple(" ".join(text.split()) for text in texts if not is_blank(text))


def alphabetically(name: str) -> tuple[str, str]:
    """Return what to sort a name by: accents and capitals count only between equals."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in letters if not unicodedata.combining(char)), name


class Roadmap(Model):
    """A community's first year: the whole of a roadmap file, format version 1.

    The mappings of the canvas hold all its keys in its order, whether the file has them or not.
    """

    community: Community
    sections: Sections = _COMPLETE
    ambitions: Ambitions = _COMPLETE
    creation: Creation = _COMPLETE
    reviews: Reviews = ()
    document: Look = Look()
    lint: Lint = _COMPLETE
    translations: Translations = ()

    def in_language(self, tag: str) -> "Roadmap":
        """Return the roadmap with another language of its documents."""
        community = self.community.model_copy(update={"language": tag})
        return self.model_copy(update={"community": community})

    @cached_property
    def actions(self) -> tuple[Planned, ...]:
        """All actions that are filled in, in the order of sections and periods."""
        return tuple(
            Planned(
                key,
                period,
                index,
                action,
                names(action.responsible) or names(section.responsible),
            )
            for key, section in self.sections.items()
            for period in canvas.PERIODS
            for index, action in enumerate(section.timeline[period.key])
            if not action.is_empty
        )

    @cached_property
    def plan(self) -> tuple[Planned, ...]:
        """All actions of the plan, also those that are done: filled in, and not dropped."""
        return tuple(each for each in self.actions if each.action.status is not Status.DROPPED)

    @cached_property
    def held(self) -> tuple[Review, ...]:
        """The reviews that are filled in, the earliest first."""
        given = (review for review in self.reviews if review is not None)
        return tuple(sorted(given, key=lambda review: review.date))
