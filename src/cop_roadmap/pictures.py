"""What may be a logo: a PNG, a JPEG or an SVG that is what it says, of a size that can be borne.

A logo may come from anybody and goes into a page, so it must be a picture and nothing more: an SVG
neither runs nor loads anything, and does not copy itself a million times.
"""

import base64
import io
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from cop_roadmap.files import Unusable

MAX_BYTES = 1_000_000
# A picture that fills a page needs no more, and to unpack it takes 64 MB.
MAX_PIXELS = 16_000_000
MAX_DEPTH = 50
# Elements drawn, those that `use` copies counted each time.
MAX_DRAWN = 20_000

_PNG, _JPEG, _SVG = "image/png", "image/jpeg", "image/svg+xml"
_MAGIC = {b"\x89PNG\r\n\x1a\n": _PNG, b"\xff\xd8\xff": _JPEG}
_FORMATS = {_PNG: "PNG", _JPEG: "JPEG"}
_SVG_ROOT = "{http://www.w3.org/2000/svg}svg"

# What runs, embeds, moves, or is drawn again at every corner.
_REFUSED = frozenset(
    {
        *("script", "handler", "listener", "foreignobject", "iframe", "object", "embed", "link"),
        *("audio", "video", "canvas", "image", "feimage", "set", "discard", "mpath", "marker"),
    }
)
# What looks different on machines with other fonts.
_LETTERS = frozenset(("text", "tref", "textpath"))
_ADDRESS = re.compile(r"url\((?!\s*[\"']?\s*#)", re.IGNORECASE)
# Other ways of a style sheet to load something, and the sign by which words can be disguised.
_LOADING = re.compile(
    r"\\|@import|image\(|image-set\(|src\(|expression\(|-moz-binding", re.IGNORECASE
)


def as_address(content: bytes) -> str:
    """Return a picture as a ``data:`` address.

    Raises:
        Unusable: it is no picture of the three kinds, damaged, too large, or does too much.
    """
    kind = next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), _SVG)
    if kind is _SVG:
        _check_svg(content)
    else:
        _check_pixels(content, kind)
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _check_pixels(content: bytes, kind: str) -> None:
    # Imported late: most documents have no logo.
    from PIL import Image

    too_large = Unusable(f"The logo has more than {MAX_PIXELS:,} pixels.", "Save it smaller.")
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            _complete(),
            Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as image,
        ):
            if image.width * image.height > MAX_PIXELS:
                raise too_large  # noqa: TRY301
            image.load()
            mode = image.mode
    except Unusable:
        raise
    except Image.DecompressionBombError as error:
        raise too_large from error
    except Exception as error:
        # Pillow raises whatever a damaged file provokes.
        raise _damaged() from error
    if mode in {"CMYK", "YCCK"}:
        message = "The colours of the logo are made for a printing press (CMYK)."
        raise Unusable(message, "Save it with the colours of screens (RGB).")


@contextmanager
def _complete() -> Iterator[None]:
    """Let Pillow refuse pictures that are cut off; WeasyPrint tells it to take them."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _damaged() -> Unusable:
    return Unusable(
        "The logo is damaged, or no PNG, JPEG or SVG.", "Open it in another program and save it."
    )


def _does_too_much(what: str) -> Unusable:
    return Unusable(
        f"The logo {what}, and a picture may not.", "Save it as a plain SVG, or as a PNG."
    )


# ── SVG ──────────────────────────────────────────────────────────────────────────────────────────


def _check_svg(content: bytes) -> None:
    try:
        _check_outside(content)
        # Entities, the danger of this parser, are refused already.
        root = ElementTree.fromstring(content)  # noqa: S314
    except (expat.ExpatError, ElementTree.ParseError, LookupError, ValueError) as error:
        raise _damaged() from error
    if root.tag != _SVG_ROOT:
        raise _damaged()
    for element in root.iter():
        _check_element(element)
    _check_copies(root)


def _check_outside(content: bytes) -> None:
    """Refuse what an XML file may hold before its elements, and elements nested too deeply."""
    depth = 0

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise _does_too_much("is nested too deeply")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(name: str, system: str | None, public: str | None, has_subset: int) -> None:
        if has_subset:
            raise _does_too_much("declares entities")

    def instruction(target: str, data: str) -> None:
        raise _does_too_much("holds an instruction for programs")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    parser.ProcessingInstructionHandler = instruction
    parser.Parse(content, True)


def _check_element(element: Any) -> None:
    """Refuse an element that does more than show, or shows something else elsewhere."""
    name = _local(element.tag)
    if name in _LETTERS:
        message = "The logo holds letters, which look different on each machine."
        raise Unusable(message, "Convert its text to paths, or save it as a PNG.")
    if name in _REFUSED or name.startswith("animate"):
        raise _does_too_much(f"holds `{name}`")
    if name == "style":
        _check_style("".join(element.itertext()))
    for key, value in element.attrib.items():
        attribute = _local(key)
        if attribute.startswith("on") or key == "{http://www.w3.org/XML/1998/namespace}base":
            raise _does_too_much(f"holds `{attribute}`")
        if attribute in {"href", "src"} and not value.strip().startswith("#"):
            raise _does_too_much("refers to something outside of it")
        if attribute == "style" or "(" in value:
            _check_style(value)


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _check_style(text: str) -> None:
    if _ADDRESS.search(text) or _LOADING.search(text):
        raise _does_too_much("loads something by its style")


def _check_copies(root: Any) -> None:
    """Count what is drawn, as `use` copies parts that copy parts."""
    parts = {part.get("id"): part for part in root.iter() if part.get("id")}
    waiting = [root]
    for _ in range(MAX_DRAWN):
        if not waiting:
            return
        element = waiting.pop()
        waiting += element
        if _local(element.tag) == "use":
            references = (value for key, value in element.attrib.items() if _local(key) == "href")
            waiting += (parts[name] for each in references if (name := each.strip()[1:]) in parts)
    raise _does_too_much("draws too many parts")
