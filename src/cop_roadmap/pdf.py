"""HTML to PDF by WeasyPrint, with nothing fetched but the fonts that come along.

WeasyPrint and the system libraries behind it are loaded only when a PDF is made.
"""

import contextlib
import gc
import io
import os
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from cop_roadmap import conformance, embedding, glyphs, rules, tagging, tags
from cop_roadmap.conformance import Variant
from cop_roadmap.diagnostics import Diagnostic, Problems
from cop_roadmap.embedding import Source

FONT_PREFIX = "font:"

# Always there, so that there is always a font, as those of the machine are not used. It has no
# hyphen but the one of ASCII.
_BASE = "html { hyphenate-character: '-' }" + "".join(
    f'@font-face {{ font-family: "Source Sans Pro"; font-weight: {weight}; font-style: {slant};'
    f' src: url("{FONT_PREFIX}SourceSansPro-{name}.ttf") }}'
    for name, weight, slant in (
        ("Regular", 400, "normal"),
        ("It", 400, "italic"),
        ("Semibold", 600, "normal"),
        ("SemiboldIt", 600, "italic"),
    )
)

INSTALL_LINES: Mapping[str, str] = {
    "Debian, Ubuntu": "sudo apt-get install libpangoft2-1.0-0 libharfbuzz-subset0",
    "Fedora": "sudo dnf install pango",
    "Alpine": "sudo apk add pango",
    "macOS": "brew install pango",
    "Windows": "install MSYS2, then in its shell: pacman -S mingw-w64-x86_64-pango",
}


class LibraryMissing(Exception):
    """The machine lacks Pango, without which WeasyPrint cannot set type; ``args`` are lines."""

    def __init__(self) -> None:
        super().__init__(
            "PDF needs the library Pango, which is not installed here. To install it:",
            *(f"  {system + ':':<16} {line}" for system, line in INSTALL_LINES.items()),
        )

    def __str__(self) -> str:
        return "\n".join(self.args)


def from_html(
    html: str,
    style: str,
    variant: Variant | None = None,
    source: Source | None = None,
    own: glyphs.Codes = frozenset(),
) -> bytes:
    """Set a page as a PDF with a style sheet of its own.

    What no font can show is printed as a word. What a style sheet makes of the text is known only
    when the page is set, so if that cannot be shown, it is set again.

    Args:
        html: The page.
        style: The style sheet that only the PDF has.
        variant: The standards to follow, by default PDF/UA-1 with PDF/A-2a, or PDF/A-3a where a
            source is put in.
        source: A file to put into the PDF, which then must be of PDF/A-3.
        own: The code points that the fonts in the page have.

    Raises:
        LibraryMissing: Pango is not installed.
        Problems: the page or the style sheet asks for something to be loaded, or for a character
            in a way that leaves nothing to replace.
        Misuse: the variant takes no file.
    """
    variant = conformance.for_files(variant) if source else variant or conformance.DEFAULT
    page = _Page(html, style, variant, source)
    if missing := glyphs.missing(page.html + style, own):
        page.replaced.append(glyphs.stand_ins(missing))
    content = page.set()
    for replacing in (glyphs.stand_ins, glyphs.names):
        if page.unshown:
            page.replaced.append(replacing(page.unshown))
            content = page.set()
    if page.unshown:
        raise Problems(_boxes(page.unshown))
    return content


class _Page:
    """A page that is set, and maybe set again."""

    def __init__(self, html: str, style: str, variant: Variant, source: Source | None) -> None:
        self.html = html
        self._style = style
        self._variant = variant
        self._source = source
        # One after the other: what stands in for a character may be replaced again.
        self.replaced: list[Mapping[int, str]] = []
        self.unshown: list[str] = []

    def set(self) -> bytes:
        """Set the page with some characters replaced, and note which no font can show."""
        weasyprint = _weasyprint()
        fetcher = _fetcher()
        content = b""
        refusal = weasyprint.urls.FatalURLFetchingError
        with _uncollected(), _unclosed(), contextlib.suppress(refusal):
            fonts = _font_configuration()
            sheets = [
                weasyprint.CSS(string=text, font_config=fonts, url_fetcher=fetcher)
                for text in (_BASE, self._translated(self._style))
            ]
            page = weasyprint.HTML(string=self.html, url_fetcher=fetcher)
            self._translate(page.etree_element)
            content = page.write_pdf(
                stylesheets=sheets,
                font_config=fonts,
                pdf_variant=self._variant.base,
                pdf_tags=self._variant.is_tagged,
                finisher=self._finish,
            )
        if fetcher.refused:
            raise Problems(_refusal(address) for address in fetcher.refused)
        return content

    def _translate(self, root: Any) -> None:
        """Replace characters in what is printed of a page; its title is not, so it keeps them."""
        if not self.replaced:
            return
        for element in root.iter():
            # The tag of a comment is a function.
            is_printed = isinstance(element.tag, str) and element.tag not in ("title", "script")
            if element.text and is_printed:
                element.text = self._translated(element.text)
            if element.tail:
                element.tail = self._translated(element.tail)

    def _translated(self, text: str) -> str:
        for table in self.replaced:
            text = text.translate(table)
        return text

    def _finish(self, document: Any, file: Any) -> None:
        _mend_reading(file)
        codes = {code for font in document.fonts.values() for code in font.missing}
        self.unshown = [chr(code) for code in sorted(codes)]
        if self._variant.is_tagged:
            tagging.complete(file)
        if self._source:
            embedding.embed(file, self._source)
        conformance.declare(file, self._variant)


def _mend_reading(file: Any) -> None:
    """Let a letter whose accent stands for both be read as an invisible space, not as nothing.

    WeasyPrint gives the text of both to one of them, and none to the other, which is not valid.
    """
    for item in file.objects:
        lines = getattr(item, "stream", None)
        if lines and b"begincmap" in lines:
            item.stream = [re.sub(rb"(<[0-9a-f]+>) <>", rb"\1 <200b>", line) for line in lines]


def _font_configuration() -> Any:
    """Make a configuration without the fonts of the machine: documents look the same everywhere."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
    try:
        return _weasyprint().text.fonts.FontConfiguration()
    finally:
        del os.environ["FONTCONFIG_FILE"]
        if before is not None:
            os.environ["FONTCONFIG_FILE"] = before


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Put the collection of garbage off: layout makes many objects and drops few until its end."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextlib.contextmanager
def _unclosed() -> Iterator[None]:
    """Keep quiet that WeasyPrint leaves the closing of its colour profile to Python."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"unclosed file .*sRGB2014", ResourceWarning)
        yield


def _refusal(address: str) -> Diagnostic:
    return rules.diagnose(
        "fetch-refused",
        f"The templates ask for {address}, and nothing may be loaded from there.",
        "PDF",
        hint="Put what the document needs into the template itself.",
    )


def _boxes(characters: Sequence[str]) -> Iterator[Diagnostic]:
    for character in characters:
        yield rules.diagnose(
            "template-error",
            f"The templates print U+{ord(character):04X}, and no font has it.",
            "PDF",
            hint="Use another character in the style sheet.",
        )


@cache
def _weasyprint() -> Any:
    """Import WeasyPrint; without Pango it raises OSError and prints a banner of its own.

    On a machine without fonts it warns of ugly output; it is given fonts later.
    """
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(action="ignore"),
    ):
        try:
            import weasyprint
            import weasyprint.text.fonts
        except OSError as error:
            raise LibraryMissing from error
    _add_hyphenation()
    return weasyprint


def _add_hyphenation() -> None:
    """Let words be broken in languages that the library of WeasyPrint knows nothing of."""
    import pyphen

    for file in sorted(tags.DIRECTORY.glob("*.dic")):
        if pyphen.language_fallback(file.stem) is None:
            pyphen.LANGUAGES[file.stem] = file
            pyphen.LANGUAGES_LOWERCASE[file.stem] = file.stem


def _fetcher() -> Any:
    """Make a fetcher that hands out the fonts and refuses, and remembers, everything else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class FontFetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.refused: list[str] = []

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix(FONT_PREFIX)
            path = glyphs.font_directory() / name
            if name != url and Path(name).name == name and path.is_file():
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})
            if url.startswith("data:"):
                return super().fetch(url, headers)
            # Remembered, because WeasyPrint swallows the error inside an SVG.
            self.refused.append(url)
            raise FatalURLFetchingError(f"refused: {url}")

    return FontFetcher()
