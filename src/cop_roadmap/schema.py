"""The JSON Schema (draft 2020-12) of the file format, for completion and hover in an editor.

It says what ``roadmap`` enforces, with the canvas' titles and questions on every key. Lists of
types name null and one other at most, as strict compilers ask; other choices are an ``anyOf``. In
each, the form with the most to say comes first: editors explain a wrong value by the first.
"""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from cop_roadmap import canvas, colours, rules, tags
from cop_roadmap.calendar import INTERVAL_PATTERN
from cop_roadmap.catalogue import Catalogue
from cop_roadmap.roadmap import (
    DAY_PATTERN,
    FINGERPRINT_PATTERN,
    LANGUAGE_PATTERN,
    MAX_FOOTER,
    MONTH_PATTERN,
    Status,
)

FILE_NAME = "roadmap.schema.json"

Schema = dict[str, Any]

_PLAIN: Schema = {"type": ["string", "null"]}
# A text without anything in it is "not filled in yet", wherever it stands.
_BLANK: Schema = {**_PLAIN, "pattern": r"^\s*$"}
# A text behind other forms: by kinds, so that an editor names them all.
_OR_PLAIN: tuple[Schema, ...] = ({"type": "string"}, {"type": "null"})
_BY_LANGUAGE: Schema = {"$ref": "#/$defs/languages"}
_TEXT: tuple[Schema, ...] = (_BY_LANGUAGE, *_OR_PLAIN)
_TEXTS: tuple[Schema, ...] = (
    {"type": "array", "items": {"anyOf": list(_TEXT)}},
    {"$ref": "#/$defs/lists_in_languages"},
    *_OR_PLAIN,
)

# A picture must be said in words, too.
_WITH_TEXT: Schema = {
    "if": {
        "type": "object",
        "properties": {"logo": {"type": "string", "pattern": r"\S"}},
        "required": ["logo"],
    },
    "then": {
        "type": "object",
        "properties": {"logo_text": {"type": "string", "pattern": r"\S"}},
        "required": ["logo_text"],
    },
}


def as_json(words: Catalogue) -> str:
    """Return the schema as JSON, with titles and questions in the catalogue's language."""
    return json.dumps(_roadmap(words), ensure_ascii=False, indent=2) + "\n"


def _roadmap(words: Catalogue) -> Schema:
    properties = {
        "community": _key(words, "roadmap", "community", _community(words)),
        "sections": _key(words, "roadmap", "sections", _sections(words)),
        "ambitions": _key(words, "roadmap", "ambitions", _ambitions(words)),
        "creation": _key(words, "roadmap", "creation", _creation(words)),
        "reviews": _key(words, "roadmap", "reviews", *_reviews()),
        "document": _key(words, "roadmap", "document", *_document(words)),
        "lint": _key(words, "roadmap", "lint", _lint(words)),
        "translations": _key(words, "roadmap", "translations", *_translations()),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:coproadmap:roadmap:1",
        "title": words.word("labels", "roadmap"),
        "description": words.word("scaffold", "intro"),
        **_object(properties, required=["community"]),
        "$defs": {
            "section": _section(words),
            "action": _action(words),
            "item": _item(words),
            "review": _review(words),
            "languages": _by_language(_PLAIN),
            "lists_in_languages": _by_language(
                {"anyOf": [{"type": "array", "items": _PLAIN}, *_OR_PLAIN]}
            ),
        },
    }


def _by_language(text: Schema) -> Schema:
    """Describe a text in several languages: those that there are words for, of any region."""
    tag = f"^({'|'.join(tags.known())})(-[A-Za-z0-9]+)*$"
    return {
        "type": "object",
        "minProperties": 1,
        "patternProperties": {tag: text},
        "additionalProperties": False,
    }


def _translations() -> tuple[Schema, ...]:
    note = {"type": "object", "additionalProperties": _matching(FINGERPRINT_PATTERN)}
    return {"type": "array", "items": note}, note, _BLANK


def _footer() -> tuple[Schema, ...]:
    line: Schema = {"type": "string", "maxLength": MAX_FOOTER}
    return _by_language({**_PLAIN, "maxLength": MAX_FOOTER}), line, {"type": "null"}


def _described(schema: Schema, title: str, description: str) -> Schema:
    return {"title": title, "description": description, **schema}


def _key(words: Catalogue, part: str, key: str, *forms: Schema, **more: object) -> Schema:
    """Describe a key in the catalogue's words; its value takes one of the forms."""
    title = words.word("schema", part, key, "title")
    description = words.word("schema", part, key, "description")
    return {**_one_of(forms, title, description), **more}


def _one_of(forms: Sequence[Schema], title: str, description: str) -> Schema:
    """Describe what takes one of some forms."""
    if len(forms) == 1:
        return _described(forms[0], title, description)
    # Where nothing tells the forms apart, editors repeat the title for each.
    first = {**forms[0], "description": description}
    return _described({"anyOf": [first, *forms[1:]]}, title, description)


def _object(properties: Mapping[str, Schema], *, required: list[str] | None = None) -> Schema:
    """Describe a mapping without unknown keys."""
    schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return {**schema, "required": required} if required else schema


def _object_or_blank(properties: Mapping[str, Schema]) -> Schema:
    return {"anyOf": [_object(properties), _BLANK]}


def _matching(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def _community(words: Catalogue) -> Schema:
    start = _matching(MONTH_PATTERN), _BLANK
    every = _matching(INTERVAL_PATTERN), _BLANK
    language = _matching(LANGUAGE_PATTERN), _BLANK
    # Examples come in twos: an editor writes a single one as soon as its key is chosen.
    return _object(
        {
            "name": _key(words, "community", "name", _matching(r"\S"), _BY_LANGUAGE),
            "summary": _key(words, "community", "summary", *_TEXT),
            "sponsor": _key(words, "community", "sponsor", *_TEXTS),
            "facilitator": _key(words, "community", "facilitator", *_TEXTS),
            "start": _key(words, "community", "start", *start, examples=["2026-09", "2027-01"]),
            "review_every": _key(
                words, "community", "review_every", *every, examples=["3 months", "6 weeks"]
            ),
            "language": _key(words, "community", "language", *language, examples=["en", "fr"]),
        },
        required=["name"],
    )


def _sections(words: Catalogue) -> Schema:
    return _object_or_blank(
        {
            key: _described(
                {"$ref": "#/$defs/section"},
                f"{number} {words.word('sections', key, 'title')}",
                words.word("sections", key, "question"),
            )
            for key, number in canvas.SECTION_NUMBERS.items()
        }
    )


def _section(words: Catalogue) -> Schema:
    return _object_or_blank(
        {
            "answer": _key(words, "section", "answer", *_TEXT),
            "timeline": _key(words, "section", "timeline", _timeline(words)),
            "responsible": _key(words, "section", "responsible", *_TEXTS),
            "resources": _key(words, "section", "resources", *_TEXTS),
        }
    )


def _timeline(words: Catalogue) -> Schema:
    action = {"$ref": "#/$defs/action"}
    actions = {"type": "array", "items": {"anyOf": [action, *_TEXT]}}
    return _object_or_blank(
        {
            key: _described(
                {"anyOf": [action, actions, *_TEXT]},
                words.word("periods", key),
                words.word("schema", "period"),
            )
            for key in canvas.PERIOD_KEYS
        }
    )


def _action(words: Catalogue) -> Schema:
    status = {"enum": [status.value for status in Status]}, _BLANK
    due = _matching(DAY_PATTERN), _BLANK
    return _object(
        {
            "action": _key(words, "action", "action", *_TEXT),
            "status": _key(words, "action", "status", *status, default=Status.PLANNED.value),
            "responsible": _key(words, "action", "responsible", *_TEXTS),
            "due": _key(words, "action", "due", *due, examples=["2026-10-15", "2027-03-31"]),
        },
        required=["action"],
    )


def _ambitions(words: Catalogue) -> Schema:
    return _object_or_blank(
        {
            span.key: _one_of(
                _TEXT,
                words.word("ambitions", span.key, "title"),
                f"{words.word('ambitions', span.key, 'months')}. "
                f"{words.word('ambitions', span.key, 'question')}",
            )
            for span in canvas.AMBITIONS
        }
    )


def _creation(words: Catalogue) -> Schema:
    steps = {}
    for step in canvas.STEPS:
        items = {
            key: _described(
                {"anyOf": [{"$ref": "#/$defs/item"}, *_TEXT]},
                words.word("creation", step.key, "items", key, "title"),
                words.word("creation", step.key, "items", key, "question"),
            )
            for key in step.items
        }
        label = words.word("labels", "step", number=step.number)
        title = words.word("creation", step.key, "title")
        steps[step.key] = _described(_object_or_blank(items), label, title)
    return _object_or_blank(steps)


def _item(words: Catalogue) -> Schema:
    return _object(
        {
            "answer": _key(words, "item", "answer", *_TEXT),
            "done": _key(words, "item", "done", {"type": "boolean"}, _BLANK),
        }
    )


def _reviews() -> tuple[Schema, ...]:
    review = {"$ref": "#/$defs/review"}
    return {"type": "array", "items": {"anyOf": [review, _BLANK]}}, review, _BLANK


def _review(words: Catalogue) -> Schema:
    day = _matching(DAY_PATTERN)
    rating = {"enum": list(canvas.RATINGS)}, _BLANK
    levels = words.word("schema", "levels")
    ratings = {
        key: _one_of(
            rating,
            f"{number} {words.word('sections', key, 'title')}",
            f"{levels} {words.word('sections', key, 'question')}",
        )
        for key, number in canvas.SECTION_NUMBERS.items()
    }
    return _object(
        {
            "date": _key(words, "review", "date", day, examples=["2027-01-10", "2027-04-11"]),
            "by": _key(words, "review", "by", *_TEXTS),
            "ratings": _key(words, "review", "ratings", _object_or_blank(ratings)),
            "note": _key(words, "review", "note", *_TEXT),
        },
        required=["date"],
    )


def _document(words: Catalogue) -> tuple[Schema, ...]:
    name, font_words = _matching(r"\S"), partial(_key, words, "font")
    font = _object(
        {
            "regular": font_words("regular", name),
            "italic": font_words("italic", *_TEXT),
            "bold": font_words("bold", *_TEXT),
            "bold_italic": font_words("bold_italic", *_TEXT),
        },
        required=["regular"],
    )
    colour = _matching(colours.PATTERN), _BLANK
    chosen = _object_or_blank(
        {
            "accent": _key(words, "colours", "accent", *colour, examples=["#0a5a66", "#8b1a1a"]),
            "ink": _key(words, "colours", "ink", *colour, examples=["#1c2b33", "#000000"]),
            "paper": _key(words, "colours", "paper", *colour, examples=["#ffffff", "#fffaf5"]),
        }
    )
    look = {
        "colours": _key(words, "document", "colours", chosen),
        "font": _key(words, "document", "font", font, *_TEXT),
        "logo_text": _key(words, "document", "logo_text", *_TEXT),
        "logo": _key(words, "document", "logo", *_TEXT),
        "footer": _key(words, "document", "footer", *_footer()),
    }
    return {**_object(look), **_WITH_TEXT}, _BLANK


def _lint(words: Catalogue) -> Schema:
    # What is said about rules is English, as all that `validate` says.
    summaries = {name: rules.RULES[name].summary for name in rules.OPTIONAL}
    reasons = {name: _one_of(_TEXT, name, text) for name, text in summaries.items()}
    ignore = _key(words, "lint", "ignore", _object_or_blank(reasons))
    return _object_or_blank({"ignore": ignore})
