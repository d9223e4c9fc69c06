"""A logo is a picture that is what it says, and does no more than show."""

import base64
import io
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from cop_roadmap import pictures
from cop_roadmap.files import Unusable

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
DAMAGED = "The logo is damaged, or no PNG, JPEG or SVG."
SQUARE = '<path d="M0 0h9v9z"/>'


def svg(inside: str, before: str = "", attributes: str = "") -> bytes:
    return f'{before}<svg {NAMESPACE} viewBox="0 0 9 9" {attributes}>{inside}</svg>'.encode()


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (4, 4)) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size).save(target, kind)
    return target.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(Unusable) as raised:
        pictures.as_address(content)
    assert raised.value.rule == "unusable-file"
    assert raised.value.hint.endswith(".")
    return str(raised.value)


# ── what is a picture ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(picture("PNG"), "image/png", id="PNG"),
        pytest.param(picture("PNG", "RGBA"), "image/png", id="PNG with transparency"),
        pytest.param(picture("PNG", "P"), "image/png", id="PNG with a palette"),
        pytest.param(picture("JPEG"), "image/jpeg", id="JPEG"),
        pytest.param(picture("JPEG", "L"), "image/jpeg", id="JPEG in grey"),
        pytest.param(svg(SQUARE), "image/svg+xml", id="SVG"),
        pytest.param(svg(SQUARE, "\ufeff"), "image/svg+xml", id="SVG with a byte order mark"),
        pytest.param(
            svg(SQUARE, '<?xml version="1.0"?><!-- By hand --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG'
                ' 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'),
            "image/svg+xml",
            id="SVG as programs write it",
        ),
        pytest.param(
            svg('<defs><linearGradient id="g"/><g id="h"/></defs><style>.a{fill:url(#g)}</style>'
                '<use xlink:href="#h" fill="url( \'#g\')" style="fill: url(#g)"/>'),
            "image/svg+xml",
            id="SVG that refers to its own parts",
        ),
    ],
)  # fmt: skip
def test_a_picture_becomes_an_address_that_holds_it(content: bytes, kind: str) -> None:
    assert pictures.as_address(content) == (
        f"data:{kind};base64,{base64.b64encode(content).decode()}"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", DAMAGED, id="nothing"),
        pytest.param(b"GIF89a", DAMAGED, id="GIF"),
        pytest.param(b"<html/>", DAMAGED, id="a page"),
        pytest.param(b"<svg/>", DAMAGED, id="SVG by its name alone"),
        pytest.param(svg(SQUARE)[:-3], DAMAGED, id="SVG cut off"),
        pytest.param(
            svg("").replace(b"<svg", b'<?xml version="1.0" encoding="x"?><svg'),
            DAMAGED,
            id="SVG in no encoding",
        ),
        pytest.param(picture("PNG")[:45], DAMAGED, id="PNG cut off"),
        pytest.param(picture("JPEG")[:99], DAMAGED, id="JPEG cut off"),
        pytest.param(
            picture("JPEG", "CMYK"),
            "The colours of the logo are made for a printing press (CMYK).",
            id="JPEG for the press",
        ),
    ],
)
def test_what_is_no_picture_is_refused(
    content: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As WeasyPrint leaves it.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert refusal(content) == message


@pytest.mark.parametrize("side", [4_001, 10_000, 100_000])
def test_a_picture_of_too_many_pixels_is_not_unpacked(side: int) -> None:
    head = bytearray(picture("PNG", "1"))
    head[16:24] = side.to_bytes(4, "big") * 2
    head[29:33] = zlib.crc32(head[12:29]).to_bytes(4, "big")
    assert refusal(bytes(head)) == "The logo has more than 16,000,000 pixels."


# ── what a picture may not do ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "what"),
    [
        *(
            pytest.param(svg(f"<{name}/>"), f"holds `{name.lower()}`", id=name)
            for name in ("script", "foreignObject", "animate", "set", "image", "marker", "iframe")
        ),
        pytest.param(
            svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>'),
            "holds `script`",
            id="a script of another kind",
        ),
        pytest.param(svg(SQUARE, attributes='onload="x()"'), "holds `onload`", id="event"),
        pytest.param(svg(SQUARE, attributes='xml:base="http://x"'), "holds `base`", id="base"),
        *(
            pytest.param(svg(inside), "refers to something outside of it", id=inside)
            for inside in (
                '<use href="http://example.org/a.svg#b"/>',
                '<use xlink:href=" file:///etc/passwd"/>',
                '<a href="javascript:alert(1)"/>',
                '<filter><x src="a.png"/></filter>',
            )
        ),
        *(
            pytest.param(svg(inside), "loads something by its style", id=inside)
            for inside in (
                '<g fill="url(http://example.org/a.svg#b)"/>',
                '<g style="fill: url( a.svg)"/>',
                "<g style='fill: URL(\"a.svg\")'/>",
                "<style>@import 'a.css';</style>",
                "<style>@font-face { src: u\\72l(a.ttf) }</style>",
                "<style>g { fill: image-set('a.png' 1x) }</style>",
            )
        ),
        pytest.param(
            svg(SQUARE, '<!DOCTYPE svg [<!ENTITY a "b">]>'), "declares entities", id="entities"
        ),
        pytest.param(
            svg(SQUARE, '<?xml-stylesheet href="a.css"?>'),
            "holds an instruction for programs",
            id="style sheet from elsewhere",
        ),
        pytest.param(svg("<g>" * 60 + "</g>" * 60), "is nested too deeply", id="nested too deeply"),
        pytest.param(svg("<g/>" * 20_001), "draws too many parts", id="too many parts"),
        pytest.param(
            svg('<g id="a"><use href="#a"/></g>'), "draws too many parts", id="in a circle"
        ),
        pytest.param(
            svg(
                "".join(
                    f'<g id="g{n}">' + f'<use href="#g{n + 1}"/>' * 10 + "</g>" for n in range(9)
                )
            ),
            "draws too many parts",
            id="parts that copy parts",
        ),
    ],
)
def test_an_svg_that_does_more_than_show_is_refused(content: bytes, what: str) -> None:
    assert refusal(content) == f"The logo {what}, and a picture may not."


def test_letters_that_need_a_font_are_refused() -> None:
    assert refusal(svg("<text>Bees</text>")) == (
        "The logo holds letters, which look different on each machine."
    )


def test_nothing_outside_is_read_for_an_svg(tmp_path: Path) -> None:
    # A declaration that is not followed: the file is not there.
    missing = tmp_path / "no.dtd"
    content = svg(SQUARE, f'<!DOCTYPE svg SYSTEM "{missing}">')
    assert pictures.as_address(content).startswith("data:image/svg+xml;")
