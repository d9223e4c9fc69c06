"""HTML to PDF by WeasyPrint, with nothing fetched but the fonts that come along.

WeasyPrint and the system libraries behind it are loaded only when a PDF is made.
"""

import contextlib
import gc
import io
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cop_roadmap import rules
from cop_roadmap.diagnostics import Diagnostic, Problems

FONT_PREFIX = "font:"

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


def from_html(html: str, style: str) -> bytes:
    """Set a page as PDF/UA-1 with a style sheet of its own.

    Raises:
        LibraryMissing: Pango is not installed.
        Problems: the page or the style sheet asks for something to be loaded.
    """
    weasyprint = _weasyprint()
    fetcher = _fetcher()
    fonts = weasyprint.text.fonts.FontConfiguration()
    content = b""
    with _uncollected(), contextlib.suppress(weasyprint.urls.FatalURLFetchingError):
        sheet = weasyprint.CSS(string=style, font_config=fonts, url_fetcher=fetcher)
        document = weasyprint.HTML(string=html, url_fetcher=fetcher)
        content = document.write_pdf(
            stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True
        )
    if fetcher.refused:
        raise Problems(_refusal(address) for address in fetcher.refused)
    return content


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


def _refusal(address: str) -> Diagnostic:
    return rules.diagnose(
        "fetch-refused",
        f"The templates ask for {address}, and nothing may be loaded from there.",
        "PDF",
        hint="Put what the document needs into the template itself.",
    )


@cache
def _weasyprint() -> Any:
    """Import WeasyPrint; without Pango it raises OSError and prints a banner of its own."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            import weasyprint
            import weasyprint.text.fonts
        except OSError as error:
            raise LibraryMissing from error
    return weasyprint


def _fetcher() -> Any:
    """Make a fetcher that hands out the fonts and refuses, and remembers, everything else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class FontFetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.refused: list[str] = []

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix(FONT_PREFIX)
            path = _font_directory() / name
            if name != url and Path(name).name == name and path.is_file():
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})
            if url.startswith("data:"):
                return super().fetch(url, headers)
            # Remembered, because WeasyPrint swallows the error inside an SVG.
            self.refused.append(url)
            raise FatalURLFetchingError(f"refused: {url}")

    return FontFetcher()


@cache
def _font_directory() -> Path:
    """Return where Source Sans Pro lies; the package is not imported, as it lists all its files."""
    spec = find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("font_source_sans_pro")
    return Path(spec.origin).parent / "files"
