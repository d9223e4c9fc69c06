"""A roadmap file with a note of which texts say the same in all languages: see ``translations``."""

from codecs import BOM_UTF8
from dataclasses import dataclass

from cop_roadmap import loading, translations
from cop_roadmap.editing import CannotEdit, Draft
from cop_roadmap.loading import Examined
from cop_roadmap.source import Source
from cop_roadmap.translations import Note
from cop_roadmap.wordings import NOTES

_NAME = "roadmap.yaml"


@dataclass(frozen=True, slots=True)
class Noted:
    """The file with its notes, how many texts they are about, and how many notes are new."""

    content: bytes
    texts: int
    new: int


def make(examined: Examined, content: bytes) -> Noted:
    """Note that all texts of a roadmap say the same in their languages now.

    Raises:
        CannotEdit: the file is written in a way in which nothing can be added to it.
    """
    source, roadmap = examined.source, examined.roadmap
    if source is None or roadmap is None:
        raise CannotEdit("There is no roadmap to note anything in.")
    notes, before = translations.notes(source.data), roadmap.translations
    if notes != before:
        mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
        content = mark + _with_notes(source, notes).encode()
        _refuse_other(content, examined, notes)
    return Noted(content, len(notes), sum(note not in before for note in notes))


def _with_notes(source: Source, notes: tuple[Note, ...]) -> str:
    draft = Draft(source)
    entries = source.entries(source.data)
    others = [str(entry.name) for entry in entries if entry.name != NOTES]
    given = next((entry for entry in entries if entry.name == NOTES), None)
    eol = "\r\n" if "\r\n" in source.text else "\n"
    if given and source.written((NOTES,)).startswith("- "):
        indent = " " * given.event.start_mark.column
        draft.replace(given, "", f"{eol}{indent}".join(map(_line, notes)))
        return draft.result()
    if given:
        draft.remove(source.data, [NOTES])
    if notes:
        lines = (f"{eol}  {_line(note)}" for note in notes)
        draft.add(source.data, others[-1:], f"{'' if given else eol}{NOTES}:{''.join(lines)}")
    return draft.result()


def _line(note: Note) -> str:
    pairs = ", ".join(f"{tag}: {fingerprint}" for tag, fingerprint in note.items())
    return f"- {{{pairs}}}"


def _refuse_other(content: bytes, examined: Examined, notes: tuple[Note, ...]) -> None:
    """Refuse what says anything else than before, but for the notes."""
    made = loading.examine(content, _NAME)
    for tag in examined.languages:
        wanted, found = examined.in_language(tag), made.in_language(tag)
        if wanted and wanted.model_copy(update={"translations": notes}) == found:
            continue
        raise CannotEdit(
            f"The notes cannot be written into this file as it is. Write `{NOTES}:` on a line of "
            "its own at the left margin, at the end of the file, and begin again."
        )
