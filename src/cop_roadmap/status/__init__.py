"""Where communities stand, as text for people and for machines. Nothing here writes."""

from enum import StrEnum
from typing import TYPE_CHECKING, TextIO, assert_never

if TYPE_CHECKING:
    from cop_roadmap.status.snapshot import Overview


class StatusFormat(StrEnum):
    """The formats of a status."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def write(overview: "Overview", wanted: StatusFormat, stream: TextIO | None = None) -> str:
    """Write where communities stand; as text, for a stream or, without one, for a file."""
    # Imported late: a run writes in one format.
    match wanted:
        case StatusFormat.TEXT:
            from cop_roadmap.status import text

            return text.write(overview, stream)
        case StatusFormat.JSON:
            from cop_roadmap.status import json

            return json.write(overview)
        case StatusFormat.MARKDOWN:
            from cop_roadmap.status import markdown

            return markdown.write(overview)
        case _:
            assert_never(wanted)
