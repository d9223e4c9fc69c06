"""The output formats: each turns a view into bytes, and none writes a file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from html import unescape
from typing import Any, ClassVar, Protocol, assert_never

from markupsafe import Markup

from cop_roadmap import conformance, gantt, markdown, pdf, policy
from cop_roadmap.briefs import PersonPage
from cop_roadmap.diagnostics import Misuse, Problems
from cop_roadmap.embedding import Source
from cop_roadmap.paper import Paper
from cop_roadmap.printing import unturned
from cop_roadmap.templating import Templates
from cop_roadmap.theme import Theme
from cop_roadmap.view import View

Filters = Mapping[str, Callable[..., str]]


class Printable(Protocol):
    """What documents are made of: the view of a whole roadmap, or a brief.

    ``template`` is what its templates are called, before ``.html.j2`` and ``.md.j2``; ``sheets``
    are the style sheets of its page, ``paper_sheets`` those that only the PDF has.
    """

    template: ClassVar[str]
    sheets: ClassVar[tuple[str, ...]]
    paper_sheets: ClassVar[tuple[str, ...]]

    def as_data(self) -> dict[str, Any]:
        """Return it as dicts, lists, strings and numbers."""
        ...


_HTML_FILTERS: Filters = {
    "blocks": markdown.to_html,
    "line": markdown.to_html_inline,
    "excerpt": markdown.to_excerpt,
}


class Format(Enum):
    """A kind of document. The value is what users write after ``--to``."""

    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"
    ICS = "ics"

    @property
    def suffix(self) -> str:
        """The ending of a file of this format, with its dot."""
        return f".{self.value}"


SPELLINGS = {
    **{wanted.value: wanted for wanted in Format},
    "markdown": Format.MARKDOWN,
    "htm": Format.HTML,
    "ical": Format.ICS,
}
# Made where nobody says which; a calendar is for those who keep one.
USUAL = (Format.MARKDOWN, Format.HTML, Format.PDF)


_PLAIN = Theme()


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen about documents beyond what the roadmap says.

    ``theme`` goes before what the roadmap says of its look; ``gantt`` adds a chart to Markdown.
    ``variant`` are the standards that a PDF follows, or None for the best that there is.
    ``attach_source`` puts the file that a roadmap was read from into its PDF. Actions that are late
    on the day ``as_of`` are marked; without it, nothing depends on a day. ``made`` is the moment at
    which calendars say that they were made; by default it is the beginning of the day ``as_of``.

    Raises:
        Misuse: a file is to be put into a variant that takes none.
    """

    theme: Theme = _PLAIN
    gantt: bool = False
    variant: conformance.Variant | None = None
    attach_source: bool = False
    as_of: date | None = None
    made: datetime | None = None

    def __post_init__(self) -> None:
        if self.attach_source:
            conformance.for_files(self.variant)

    @property
    def stamp(self) -> datetime | None:
        """The moment at which calendars say that they were made, if it is known."""
        midnight = datetime.combine(self.as_of, time(), UTC) if self.as_of else None
        return self.made or midnight


def canvas(view: View, templates: Templates, paper: Paper, theme: Theme = _PLAIN) -> bytes:
    """Return the canvas to write on, as a PDF of two pages: the 24 sections, and the timeline.

    What is filled in already stands there in short. Raises ``Problems`` and ``pdf.LibraryMissing``.
    """
    data = {**view.as_data(), "paper": paper.value}
    page = _fill(templates, "canvas.html.j2", data, theme, ("style.css", "canvas.css"))
    with _blaming(templates, "canvas.css"):
        return pdf.from_html(page, "", own=theme.characters)


@contextmanager
def _blaming(templates: Templates, sheet: str) -> Iterator[None]:
    """Say of what breaks the layout, such as a font of infinite size, that a style sheet does."""
    try:
        yield
    except (Problems, pdf.LibraryMissing):
        raise
    except Exception as error:
        raise templates.blamed(error, sheet) from error


def _fill(
    templates: Templates,
    name: str,
    data: Mapping[str, Any],
    theme: Theme,
    sheets: Iterable[str],
    characters: str = "",
) -> str:
    """Fill the template of a page, with the theme's font as far as the page needs it.

    ``characters`` are those that it needs beside its own.
    """
    style = "".join(map(templates.read, sheets))

    def filled(css: str) -> str:
        # Not a template of its own: a style sheet is full of braces.
        texts = {**data, **theme.as_data(), "style": Markup(css + style)}  # noqa: S704
        return unturned(templates.render(name, texts, _HTML_FILTERS, html=True))

    page = filled(theme.without_fonts().as_css(""))
    # The page says which characters it needs; the PDF is set from it.
    return filled(theme.as_css(unescape(page) + characters)) if theme.fonts else page


_PRESET = Choices()


class Documents:
    """The documents of one roadmap, or of one brief.

    The PDF is set from the page, so the page is made only once.
    ``source`` is the file that the roadmap was read from; it is put into the PDF if that is chosen.
    ``whole`` is the roadmap of a brief: a person's calendar is made of it.
    """

    def __init__(
        self,
        view: Printable,
        templates: Templates,
        theme: Theme = _PLAIN,
        choices: Choices = _PRESET,
        source: Source | None = None,
        whole: View | None = None,
    ) -> None:
        self._view = view
        self._whole = view if isinstance(view, View) else whole
        self._data = view.as_data()
        self._templates = templates
        self._theme = theme
        self._choices = choices
        self._source = source if choices.attach_source else None
        self._page = ""

    def produce(self, wanted: Format) -> bytes:
        """Return one document. Raises ``Problems`` and ``pdf.LibraryMissing``."""
        match wanted:
            case Format.MARKDOWN:
                return self._markdown().encode()
            case Format.HTML:
                return self._html().encode()
            case Format.PDF:
                return self._pdf()
            case Format.ICS:
                return self._calendar()
            case _:
                assert_never(wanted)

    def _calendar(self) -> bytes:
        # Imported late: only a calendar needs its library.
        from cop_roadmap import ics

        person = self._view.person if isinstance(self._view, PersonPage) else ""
        if self._whole is None:
            raise Misuse("A calendar is made of the whole roadmap, or of one person's part of it.")
        return ics.as_calendar(self._whole, person, self._choices.stamp)

    def _pdf(self) -> bytes:
        page, style = self._html(), self._paper_style()
        own = self._theme.characters
        with _blaming(self._templates, self._view.paper_sheets[-1]):
            return pdf.from_html(page, style, self._choices.variant, self._source, own)

    def _paper_style(self) -> str:
        return "".join(map(self._templates.read, self._view.paper_sheets))

    def _markdown(self) -> str:
        filters: Filters = {
            "blocks": markdown.to_markdown,
            "line": markdown.to_markdown_line,
            "cell": markdown.to_markdown_cell,
            "plain": markdown.escape_markdown,
            "excerpt": markdown.to_excerpt,
        }
        # A brief has no timeline to draw.
        view = self._view if self._choices.gantt and isinstance(self._view, View) else None
        chart = gantt.as_mermaid(view) if view else ""
        data = {**self._data, **self._theme.as_data(), "gantt": chart}
        return unturned(self._templates.render(f"{self._view.template}.md.j2", data, filters))

    def _html(self) -> str:
        if not self._page:
            # Not a template of its own, either.
            script = Markup(self._templates.read("filter.js"))  # noqa: S704
            page = _fill(
                self._templates,
                f"{self._view.template}.html.j2",
                {**self._data, "script": script},
                self._theme,
                self._view.sheets,
                self._paper_style(),
            )
            self._page = policy.fill_in(page)
        return self._page
