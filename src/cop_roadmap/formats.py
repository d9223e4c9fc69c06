"""The output formats: each turns a view into bytes, and none writes a file."""

from enum import Enum
from typing import assert_never

from markupsafe import Markup

from cop_roadmap import markdown, pdf
from cop_roadmap.templating import Templates
from cop_roadmap.view import View


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


class Documents:
    """The documents of one roadmap. The PDF is set from the page, so the page is made only once."""

    def __init__(self, view: View, templates: Templates) -> None:
        self._data = view.as_data()
        self._templates = templates
        self._page = ""

    def produce(self, wanted: Format) -> bytes:
        """Return one document. Raises ``Problems`` and ``pdf.LibraryMissing``."""
        match wanted:
            case Format.MARKDOWN:
                return self._markdown().encode()
            case Format.HTML:
                return self._html().encode()
            case Format.PDF:
                return pdf.from_html(self._html(), self._templates.read("pdf.css"))
            case _:
                assert_never(wanted)

    def _markdown(self) -> str:
        filters = {
            "blocks": markdown.to_markdown,
            "line": markdown.to_markdown_line,
            "cell": markdown.to_markdown_cell,
            "plain": markdown.escape_markdown,
        }
        return self._templates.render("roadmap.md.j2", self._data, filters)

    def _html(self) -> str:
        if not self._page:
            filters = {"blocks": markdown.to_html, "line": markdown.to_html_inline}
            # Not a template of its own: a style sheet is full of braces.
            data = {**self._data, "style": Markup(self._templates.read("style.css"))}  # noqa: S704
            self._page = self._templates.render("roadmap.html.j2", data, filters, html=True)
        return self._page
