"""The tool as a library: three functions over plain files and models."""

import os
from datetime import date
from pathlib import Path

from cop_roadmap import briefs, files, loading, rules, tags
from cop_roadmap import theme as themes
from cop_roadmap.briefs import Kind, Wish, kind_of
from cop_roadmap.conformance import variant_of
from cop_roadmap.diagnostics import Diagnostic, Misuse, Problems, in_file_order
from cop_roadmap.embedding import Source
from cop_roadmap.formats import SPELLINGS, Choices, Documents, Format, Printable
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.templating import Templates
from cop_roadmap.theme import Theme
from cop_roadmap.view import make


def validate(path: str | os.PathLike[str], *, gaps: bool = False) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong with a roadmap file, in the order of the file.

    With ``gaps`` also what is not filled in yet, with the severity ``info``. A file that cannot be
    read yields one diagnostic with the rule ``cannot-read``.
    """
    examined = _examine(path)
    found = examined.diagnostics
    return in_file_order((*found, *examined.gaps)) if gaps else found


def load(path: str | os.PathLike[str], *, language: str | None = None) -> Roadmap:
    """Load a roadmap file.

    Args:
        path: The file.
        language: The tag of a language, such as ``"fr-CA"``: of texts in several languages that one
            is taken, and documents come out in it. By default, it is the language of the file.

    Raises:
        Problems: the file has errors, or cannot be read; warnings alone do not raise.
        ValueError: there are no words in this language.
    """
    if language is not None and tags.best_match(language) is None:
        raise ValueError(f"there are no words in the language {language!r}")
    examined = _examine(path)
    roadmap = examined.roadmap if language is None else examined.in_language(language)
    if roadmap is None:
        raise Problems(examined.diagnostics)
    return roadmap


def render(
    roadmap: Roadmap,
    to: str,
    *,
    templates: str | os.PathLike[str] | None = None,
    theme: str | os.PathLike[str] | None = None,
    gantt: bool = False,
    pdf_variant: str | None = None,
    source: str | os.PathLike[str] | None = None,
    directory: str | os.PathLike[str] = ".",
    view: str = "full",
    as_of: date | None = None,
    responsible: str | None = None,
    period: str | None = None,
) -> bytes:
    """Render a roadmap as a document and return its bytes (UTF-8 for all but ``pdf``).

    Args:
        roadmap: The roadmap.
        to: ``"md"``, ``"html"``, ``"pdf"`` or ``"ics"`` (a calendar).
        templates: A directory whose files replace built-in templates of the same names.
        theme: A theme file; what it gives goes before the roadmap's ``document``.
        gantt: Whether Markdown has a chart of the timeline beside its table.
        pdf_variant: The standards that a PDF follows, such as ``"pdf/a-2b"``; by default
            ``"pdf/ua-1+a-2a"``, or ``"pdf/ua-1+a-3a"`` with a source.
        source: The file that the roadmap was loaded from, to be put into the PDF as it is.
        directory: Where the files lie that the roadmap's ``document`` names.
        view: ``"full"`` for the whole roadmap; ``"summary"``, a page for sponsors; ``"person"``, a
            page for one person; ``"period"``, an agenda of the next meeting.
        as_of: The day on which late actions are marked; without it nothing depends on a day.
        responsible: Whose page it is, for ``"person"``; capitals and white space do not matter.
        period: What a page is about, such as ``"month_3"``; by default the period of ``as_of``, or
            else the first with something left to do.

    Raises:
        ValueError: there is no such format, variant, view, period or person, the variant takes no
            file, or choices make no sense together.
        NotADirectoryError: ``templates`` is no directory.
        Problems: a template of yours breaks, or asks for something to be loaded; the theme, or the
            roadmap's ``document``, cannot be used; the source cannot be read; there is nothing to
            put into a calendar.
        cop_roadmap.pdf.LibraryMissing: PDF was asked for and Pango is not installed.
    """
    if to not in SPELLINGS:
        raise ValueError(f"no format is called {to!r}")
    try:
        variant = variant_of(pdf_variant) if pdf_variant is not None else None
        choices = Choices(
            gantt=gantt, variant=variant, attach_source=source is not None, as_of=as_of
        )
        people = (responsible,) if responsible is not None else ()
        wish = Wish(kind_of(view), people, period or "", as_of, gantt)
        if SPELLINGS[to] is Format.ICS:
            wish.kind.refuse_calendar()
        shown = _shown(roadmap, wish)
    except Misuse as misuse:
        raise ValueError(str(misuse)) from misuse
    in_use = Templates(Path(templates) if templates is not None else None)
    look = _own_theme(roadmap, Path(directory))
    if theme is not None:
        look = _house_theme(Path(theme)).over(look)
    attached = Source(Path(source).name, _input(source).read()) if source is not None else None
    whole = make(roadmap, as_of) if SPELLINGS[to] is Format.ICS else None
    documents = Documents(shown, in_use, look, choices, attached, whole)
    return documents.produce(SPELLINGS[to])


def _shown(roadmap: Roadmap, wish: Wish) -> Printable:
    if wish.kind is Kind.FULL:
        return make(roadmap, wish.as_of)
    briefs.refuse_nobody(wish, [roadmap])
    (brief,) = briefs.make(roadmap, wish)
    return brief


def _own_theme(roadmap: Roadmap, directory: Path) -> Theme:
    own, findings = themes.read(roadmap.document, directory)
    if findings:
        raise Problems(
            rules.diagnose(
                each.rule, each.message, "", path=".".join(map(str, each.path)), hint=each.hint
            )
            for each in findings
        )
    return own


def _house_theme(path: Path) -> Theme:
    house, diagnostics = themes.read_file(path)
    if house is None:
        raise Problems(diagnostics)
    return house


def _examine(path: str | os.PathLike[str]) -> loading.Examined:
    return loading.examine_file(_input(path))


def _input(path: str | os.PathLike[str]) -> files.Input:
    name = os.fspath(path)
    return files.Input(name, Path(name))
