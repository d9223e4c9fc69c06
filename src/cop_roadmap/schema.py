"""The JSON Schema (draft 2020-12) of the file format, for completion and hover in an editor.

It says what ``roadmap`` enforces, with the canvas' titles and questions on every key.
"""

import json
from collections.abc import Mapping
from typing import Any

from cop_roadmap import canvas
from cop_roadmap.catalogue import Catalogue
from cop_roadmap.roadmap import DAY_PATTERN, LANGUAGE_PATTERN, MONTH_PATTERN, Status

FILE_NAME = "roadmap.schema.json"

Schema = dict[str, Any]

_TEXT: Schema = {"type": ["string", "null"]}
# A text without anything in it is "not filled in yet", wherever it stands.
_BLANK = r"^\s*$"
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}


def as_json(words: Catalogue) -> str:
    """Return the schema as JSON, with titles and questions in the catalogue's language."""
    return json.dumps(_roadmap(words), ensure_ascii=False, indent=2) + "\n"


def _roadmap(words: Catalogue) -> Schema:
    properties = {
        "community": _described(_community(), "Community", "Who the community is."),
        "sections": _described(
            _sections(words), "Sections", words.word("scaffold", "sections_comment")
        ),
        "ambitions": _described(
            _ambitions(words), "Ambitions", words.word("scaffold", "ambitions_comment")
        ),
        "creation": _described(
            _creation(words), "Creation", words.word("labels", "creation_intro")
        ),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:coproadmap:roadmap:1",
        "title": words.word("labels", "roadmap"),
        "description": words.word("scaffold", "intro"),
        **_object(properties, required=["community"], empty=False),
        "$defs": {"section": _section(words), "action": _action(), "item": _item()},
    }


def _described(schema: Schema, title: str, description: str) -> Schema:
    return {"title": title, "description": description, **schema}


def _object(
    properties: Mapping[str, Schema], *, required: list[str] | None = None, empty: bool = True
) -> Schema:
    """Describe a mapping without unknown keys; ``empty`` says whether it may be left empty."""
    schema: Schema = {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
    }
    if required:
        schema["required"] = required
    if empty:
        schema = {**schema, "type": ["object", "string", "null"], "pattern": _BLANK}
    return schema


def _community() -> Schema:
    return _object(
        {
            "name": _described(
                {"type": "string", "pattern": r"\S"},
                "Name",
                "The name of the community: the only thing that is required.",
            ),
            "summary": _described(_TEXT, "Summary", "One line on who you are (Markdown)."),
            "start": _described(
                {**_TEXT, "pattern": f"{_BLANK}|{MONTH_PATTERN}", "examples": ["2026-09"]},
                "Start",
                "The calendar month that is Month 1, such as 2026-09.",
            ),
            "language": _described(
                {**_TEXT, "pattern": f"{_BLANK}|{LANGUAGE_PATTERN}", "examples": ["en", "fr"]},
                "Language",
                "The language of the documents, as a tag such as en, fr or fr-CA.",
            ),
        },
        required=["name"],
        empty=False,
    )


def _sections(words: Catalogue) -> Schema:
    return _object(
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
    periods = {
        key: _described(
            _one_or_many({"$ref": "#/$defs/action"}),
            words.word("periods", key),
            "What happens then: one action, or a list of actions. "
            "An action is a text, or keys such as `action:` and `status:`.",
        )
        for key in canvas.PERIOD_KEYS
    }
    return _object(
        {
            "answer": _described(_TEXT, "Answer", "The text of the section (Markdown)."),
            "timeline": _described(
                _object(periods), words.word("labels", "timeline"), "What happens in which month."
            ),
            "responsible": _described(
                _TEXTS,
                words.word("labels", "responsible"),
                "A person or group, or a list of them.",
            ),
            "resources": _described(
                _TEXTS,
                words.word("labels", "resources"),
                "What it takes: a text, or a list of texts (Markdown).",
            ),
        }
    )


def _one_or_many(mapping: Schema) -> Schema:
    return {
        "anyOf": [_TEXT, mapping, {"type": "array", "items": {"anyOf": [_TEXT, mapping]}}],
    }


def _action() -> Schema:
    statuses: list[str | None] = [status.value for status in Status]
    return _object(
        {
            "action": _described(_TEXT, "Action", "What will be done (Markdown, one line)."),
            "status": _described(
                {
                    "anyOf": [{"enum": [*statuses, None]}, {"type": "string", "pattern": _BLANK}],
                    "default": Status.PLANNED.value,
                },
                "Status",
                "How far it is: planned (unless you say otherwise), in_progress, done or dropped.",
            ),
            "responsible": _described(
                _TEXTS, "Responsible", "Who does it, if not those responsible for the section."
            ),
            "due": _described(
                {**_TEXT, "pattern": f"{_BLANK}|{DAY_PATTERN}", "examples": ["2026-10-15"]},
                "Due",
                "The day by which it is done, such as 2026-10-15.",
            ),
        },
        required=["action"],
        empty=False,
    )


def _ambitions(words: Catalogue) -> Schema:
    return _object(
        {
            span.key: _described(
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
                {"anyOf": [_TEXT, {"$ref": "#/$defs/item"}]},
                words.word("creation", step.key, "items", key, "title"),
                words.word("creation", step.key, "items", key, "question"),
            )
            for key in step.items
        }
        label = words.word("labels", "step", number=step.number)
        title = words.word("creation", step.key, "title")
        steps[step.key] = _described(_object(items), label, title)
    return _object(steps)


def _item() -> Schema:
    return _object(
        {
            "answer": _described(_TEXT, "Answer", "What the community settled (Markdown)."),
            "done": _described(
                {"type": ["boolean", "string", "null"], "pattern": _BLANK},
                "Done",
                "Whether it is settled.",
            ),
        },
        empty=False,
    )
