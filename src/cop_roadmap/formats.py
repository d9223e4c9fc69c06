"""The output formats: each turns a view into bytes, and none writes a file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from html import unescape
from typing import Any, assert_never

from markupsafe import Markup

from cop_roadmap import conformance, gantt, markdown, pdf, policy
from cop_roadmap.diagnostics import Problems
from cop_roadmap.embedding import Source
from cop_roadmap.paper import Paper
from cop_roadmap.templating import Templates
from cop_roadmap.theme import Theme
from cop_roadmap.view import View

Filters = Mapping[str, Callable[..., str]]
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

    @property
    def suffix(self) -> str:
        """The ending of a file of this format, with its dot."""
        return f".{self.value}"


SPELLINGS = {
    **{wanted.value: wanted for wanted in Format},
    "markdown": Format.MARKDOWN,
    "htm": Format.HTML,
}


_PLAIN = Theme()


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen about documents beyond what the roadmap says.

    ``theme`` goes before what the roadmap says of its look; ``gantt`` adds a chart to Markdown.
    ``variant`` are the standards that a PDF follows, or None for the best that there is.
    ``attach_source`` puts the file that a roadmap was read from into its PDF.

    Raises:
        Misuse: a file is to be put into a variant that takes none.
    """

    theme: Theme = _PLAIN
    gantt: bool = False
    variant: conformance.Variant | None = None
    attach_source: bool = False

    def __post_init__(self) -> None:
        if self.attach_source:
            conformance.for_files(self.variant)


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
        return templates.render(name, texts, _HTML_FILTERS, html=True)

    page = filled(theme.without_fonts().as_css(""))
    # The page says which characters it needs; the PDF is set from it.
    return filled(theme.as_css(unescape(page) + characters)) if theme.fonts else page


_PRESET = Choices()


class Documents:
    """The documents of one roadmap. The PDF is set from the page, so the page is made only once.

    ``source`` is the file that the roadmap was read from; it is put into the PDF if that is chosen.
    """

    def __init__(
        self,
        view: View,
        templates: Templates,
        theme: Theme = _PLAIN,
        choices: Choices = _PRESET,
        source: Source | None = None,
    ) -> None:
        self._view = view
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
            case _:
                assert_never(wanted)

    def _pdf(self) -> bytes:
        page, style = self._html(), self._templates.read("pdf.css")
        own = self._theme.characters
        with _blaming(self._templates, "pdf.css"):
            return pdf.from_html(page, style, self._choices.variant, self._source, own)

    def _markdown(self) -> str:
        filters = {
            "blocks": markdown.to_markdown,
            "line": markdown.to_markdown_line,
            "cell": markdown.to_markdown_cell,
            "plain": markdown.escape_markdown,
        }
        chart = gantt.as_mermaid(self._view) if self._choices.gantt else ""
        data = {**self._data, **self._theme.as_data(), "gantt": chart}
        return self._templates.render("roadmap.md.j2", data, filters)

    def _html(self) -> str:
        if not self._page:
            # Not a template of its own, either.
            script = Markup(self._templates.read("filter.js"))  # noqa: S704
            page = _fill(
                self._templates,
                "roadmap.html.j2",
                {**self._data, "script": script},
                self._theme,
                ["style.css"],
                self._templates.read("pdf.css"),
            )
            self._page = policy.fill_in(page)
        return self._page
