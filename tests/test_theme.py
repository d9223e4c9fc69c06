"""A theme: its files are read if they may be, and documents are dressed in what it gives."""

import base64
import io
import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from cop_roadmap import build, files, glyphs, pictures, theme, typefaces
from cop_roadmap.colours import Colour
from cop_roadmap.diagnostics import Diagnostic, Place, Severity
from cop_roadmap.formats import Choices, Documents, Format
from cop_roadmap.palette import ACCENT, INK, PAPER, Palette
from cop_roadmap.roadmap import Look, Roadmap
from cop_roadmap.templating import Templates
from cop_roadmap.theme import Logo, Theme
from cop_roadmap.view import make
from tests.verapdf import VeraPdf

BLACK = (glyphs.font_directory() / "SourceSansPro-Black.ttf").read_bytes()
ITALIC = (glyphs.font_directory() / "SourceSansPro-BlackIt.otf").read_bytes()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
ADDRESS = f"data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}"
USUAL = Palette.of(INK, PAPER, ACCENT)
RED = Palette.of(INK, PAPER, Colour.parse("#8b1a1a"))


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Return a directory with a font, a logo, and something outside of it."""
    inside = tmp_path / "inside"
    (inside / "files").mkdir(parents=True)
    (inside / "black.ttf").write_bytes(BLACK)
    (inside / "italic.otf").write_bytes(ITALIC)
    (inside / "logo.svg").write_bytes(SVG)
    (inside / "files" / "logo.svg").write_bytes(SVG)
    (tmp_path / "secret.svg").write_bytes(SVG)
    return inside


def look(**values: Any) -> Look:
    return Look.model_validate(values)


def findings(directory: Path, **values: Any) -> list[tuple[str, str, str]]:
    """Return of every finding its rule, its path and what it says."""
    _, found = theme.read(look(**values), directory)
    return [(each.rule, ".".join(map(str, each.path)), each.message) for each in found]


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_given_where_nothing_is_asked_for(here: Path) -> None:
    assert theme.read(Look(), here) == (Theme(), ())


def test_everything_that_a_look_asks_for_is_read(here: Path) -> None:
    given = look(
        colours={"accent": "#8b1a1a"},
        font={"regular": "black.ttf", "italic": "italic.otf"},
        logo="files/logo.svg",
        logo_text=" The\nministry ",
        footer="Licence \n CC BY\n",
    )
    assert theme.read(given, here) == (
        Theme(
            palette=RED,
            fonts=(("regular", BLACK), ("italic", ITALIC)),
            logo=Logo(ADDRESS, "The ministry"),
            footer="Licence CC BY",
        ),
        (),
    )


@pytest.mark.parametrize(
    "name",
    ["../secret.svg", "files/../../secret.svg", "link.svg", "linked/secret.svg", "/etc/passwd",
     "C:\\secret.svg", "\\\\host\\share\\secret.svg", ".."],
)  # fmt: skip
def test_what_lies_outside_is_not_read_whatever_leads_there(here: Path, name: str) -> None:
    (here / "link.svg").symlink_to(here.parent / "secret.svg")
    (here / "linked").symlink_to(here.parent)
    message = f"`{name}` does not lie below the directory of this file."
    assert findings(here, logo=name, logo_text="X") == [("file-outside", "document.logo", message)]


def test_an_absolute_name_is_refused_even_where_it_leads_inside(here: Path) -> None:
    ((rule, _, _),) = findings(here, logo=str(here / "logo.svg"), logo_text="X")
    assert rule == "file-outside"


def test_a_link_that_stays_inside_is_followed(here: Path) -> None:
    (here / "link.svg").symlink_to(here / "files" / "logo.svg")
    assert findings(here, logo="link.svg", logo_text="X") == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no.svg", "`no.svg`: There is no such file."),
        ("files", "`files`: The file cannot be read: it is not a plain file."),
        ("pipe", "`pipe`: The file cannot be read: it is not a plain file."),
        ("large.svg", "`large.svg` is larger than 1,000,000 bytes."),
        ("loop.svg", "`loop.svg`: The file cannot be read: Too many levels of symbolic links."),
        ("black.ttf", "The logo is damaged, or no PNG, JPEG or SVG."),
    ],
)
def test_what_is_no_logo_is_refused(here: Path, name: str, message: str) -> None:
    os.mkfifo(here / "pipe")
    (here / "large.svg").write_bytes(SVG + b" " * pictures.MAX_BYTES)
    (here / "loop.svg").symlink_to(here / "loop.svg")
    assert findings(here, logo=name, logo_text="X") == [("unusable-file", "document.logo", message)]


def test_all_that_is_wrong_is_said_in_one_run(here: Path) -> None:
    (here / "large.ttf").write_bytes(BLACK + b" " * typefaces.MAX_BYTES)
    assert findings(
        here,
        colours={"accent": "#eee"},
        font={"regular": "logo.svg", "italic": "italic.otf", "bold": "large.ttf"},
        logo="no.png",
        logo_text="X",
    ) == [
        (
            "low-contrast",
            "document.colours.accent",
            (
                "`accent` #eeeeee on `paper` #ffffff has a contrast of 1.16 to 1; text needs 4.5 "
                "to 1 to be read."
            ),
        ),
        ("unusable-file", "document.font.regular", "The font is damaged, or no font."),
        ("unusable-file", "document.font.bold", "`large.ttf` is larger than 5,000,000 bytes."),
        ("unusable-file", "document.logo", "`no.png`: There is no such file."),
    ]


# ── a theme file ─────────────────────────────────────────────────────────────────────────────────


def test_a_theme_file_is_read_with_the_files_beside_it(here: Path) -> None:
    path = here / "theme.yaml"
    path.write_text('colours: {accent: "#8b1a1a"}\nlogo: logo.svg\nlogo_text: X\n')
    assert theme.read_file(path) == (Theme(palette=RED, logo=Logo(ADDRESS, "X")), ())


def test_what_is_wrong_with_a_theme_is_said_with_its_place(here: Path) -> None:
    path = here / "theme.yaml"
    path.write_text('colours:\n  paper: "#101418"\n  accent: "#7cc4d0"\nlogo: no.svg\nlogo_text: X')
    assert theme.read_file(path) == (
        None,
        (
            Diagnostic(
                "low-contrast",
                Severity.ERROR,
                "`ink` #1c2b33 on `paper` #101418 has a contrast of 1.27 to 1; text needs 4.5 to 1 "
                "to be read.",
                str(path),
                Place(2, 10, 2, 19),
                "colours.paper",
                'The nearest colour that can be read: `ink: "#778085"`.',
                '  paper: "#101418"',
            ),
            Diagnostic(
                "unusable-file",
                Severity.ERROR,
                "`no.svg`: There is no such file.",
                str(path),
                Place(4, 7, 4, 13),
                "logo",
                "Names count from the directory of this file.",
                "logo: no.svg",
            ),
        ),
    )


def test_a_warning_about_a_theme_does_not_stop_it(here: Path) -> None:
    path = here / "theme.yaml"
    path.write_text("colours:\n  accent: #8b1a1a\nfooter: Licence\n")
    read, (found,) = theme.read_file(path)
    assert (read, found.rule, found.place) == (
        Theme(footer="Licence"),
        "cut-text",
        Place(2, 11, 2, 18),
    )


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        ("", ["empty-file"]),
        ("red", ["wrong-type"]),
        ("community: {name: X}", ["unknown-key"]),
        ("colours: {acent: red}", ["unknown-key", "bad-value"]),
        ("footer: [", ["yaml-syntax"]),
    ],
)
def test_what_is_no_theme_is_refused(here: Path, content: str, rules: list[str]) -> None:
    path = here / "theme.yaml"
    path.write_text(content)
    read, found = theme.read_file(path)
    assert (read, [each.rule for each in found]) == (None, rules)


@pytest.mark.parametrize("name", ["no.yaml", "files"])
def test_a_theme_that_cannot_be_read_says_so(here: Path, name: str) -> None:
    read, (found,) = theme.read_file(here / name)
    assert (read, found.rule, found.file) == (None, "cannot-read", str(here / name))


# ── one theme over another ───────────────────────────────────────────────────────────────────────

HOUSE = Theme(palette=RED, footer="House")
OWN = Theme(fonts=(("regular", BLACK),), logo=Logo(ADDRESS, "Own"), footer="Own")


def test_what_one_theme_gives_goes_before_what_the_other_gives() -> None:
    assert HOUSE.over(OWN) == Theme(RED, OWN.fonts, OWN.logo, "House")
    assert OWN.over(HOUSE) == Theme(RED, OWN.fonts, OWN.logo, "Own")


@pytest.mark.parametrize("given", [HOUSE, OWN])
def test_a_theme_without_anything_changes_nothing(given: Theme) -> None:
    assert Theme().over(given) == given.over(Theme()) == given


# ── what documents get of it ─────────────────────────────────────────────────────────────────────


def test_templates_get_plain_data() -> None:
    plain = Theme().as_data()
    colours = {each.name: str(getattr(USUAL, each.name)) for each in fields(Palette)}
    assert plain == {"logo": {}, "footer": "", "colours": colours}
    logo = {"address": ADDRESS, "text": "Own"}
    assert OWN.as_data() == {"logo": logo, "footer": "Own", "colours": colours}


def test_a_style_sheet_without_a_theme_has_the_usual_colours_and_no_fonts() -> None:
    palette = Palette.of(INK, PAPER, ACCENT)
    assert Theme().as_css("text") == (
        f":root {{ color-scheme: light dark; {palette.as_css()}\n"
        '  --plate: #ffffff; --font: "Source Sans Pro", "Source Sans 3", "Segoe UI", Roboto, '
        '"Helvetica Neue", Arial, sans-serif;\n  --footer: ""; }\n'
        "@media screen and (prefers-color-scheme: dark) {\n"
        f"  :root {{ {palette.for_dark_screens().as_css()} }}\n"
        "}\n"
    )


def test_a_dark_theme_is_dark_on_every_screen() -> None:
    dark = Palette.of(PAPER, INK, Colour.parse("#7cc4d0"))
    style = Theme(palette=dark).as_css("")
    assert "color-scheme: dark;" in style
    assert style.count(dark.as_css()) == 2


def test_a_footer_cannot_end_its_string_nor_the_style_sheet() -> None:
    style = Theme(footer='</style> "a" \\ b').as_css("")
    assert '--footer: "\\a \\3c /style\\3e  \\22 a\\22  \\5c  b"; }\n' in style


def test_the_fonts_are_in_the_style_sheet_as_far_as_a_text_needs_them() -> None:
    style = Theme(fonts=(("regular", BLACK), ("bold_italic", ITALIC))).as_css("é")
    faces = re.findall(
        r'@font-face { font-family: "coproadmap theme"; (.*)'
        r' src: url\("data:font/woff2;base64,(.*)"\) format\("woff2"\); }',
        style,
    )
    assert [kind for kind, _ in faces] == [
        "font-weight: 400; font-style: normal;",
        "font-weight: 700; font-style: italic;",
    ]
    for _, content in faces:
        with TTFont(io.BytesIO(base64.b64decode(content))) as font:
            assert set(font.getBestCmap()) == {*range(0x20, 0x7F), ord("é"), ord("É")}
    assert '--font: "coproadmap theme", "Source Sans Pro",' in style


def test_a_picture_that_pillow_reads_is_a_logo(here: Path) -> None:
    Image.new("RGBA", (3, 3)).save(here / "logo.png")
    read, _ = theme.read(look(logo="logo.png", logo_text="X"), here)
    assert read.logo
    assert read.logo.address.startswith("data:image/png;base64,")


# ── a document in a theme ────────────────────────────────────────────────────────────────────────

PICTURES = {
    "logo.svg": lambda: SVG,
    "logo.png": lambda: picture("PNG", "RGBA"),
    "logo.jpg": lambda: picture("JPEG", "RGB"),
}


def picture(kind: str, mode: str) -> bytes:
    target = io.BytesIO()
    Image.new(mode, (40, 20), (139, 26, 26, 99)[: len(mode)]).save(target, kind)
    return target.getvalue()


def dressed(directory: Path, wanted: Format, **values: Any) -> bytes:
    """Make a document of a small roadmap with a look."""
    given, found = theme.read(look(**values), directory)
    assert found == ()
    roadmap = Roadmap.model_validate(
        {
            "community": {"name": "Bees", "summary": "**Strong**, *leaning* Ж"},
            "sections": {"vision": {"answer": "1. One\n2. Two", "timeline": {"month_1": "Fly"}}},
        }
    )
    return Documents(make(roadmap), Templates(), given).produce(wanted)


def test_a_page_is_the_same_each_time(here: Path) -> None:
    values = {"font": "black.ttf", "logo": "logo.svg", "logo_text": "X", "footer": "Y"}
    assert dressed(here, Format.HTML, **values) == dressed(here, Format.HTML, **values)


def test_a_page_names_nothing_outside_of_it(here: Path) -> None:
    text = dressed(here, Format.HTML, font="black.ttf", logo="logo.svg", logo_text="X").decode()
    assert set(re.findall(r"url\(\"?(\w+:)", text)) == {"data:"}
    assert text.count("<style>") == 1
    assert f'<img class="logo" src="{ADDRESS}" alt="X">' in text


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
@pytest.mark.parametrize("font", ["black.ttf", "italic.otf"])
@pytest.mark.parametrize("name", PICTURES)
def test_a_document_with_a_font_and_a_logo_follows_both_standards(
    here: Path, name: str, font: str, flavour: str, verapdf: VeraPdf
) -> None:
    (here / name).write_bytes(PICTURES[name]())
    content = dressed(
        here,
        Format.PDF,
        colours={"ink": "#e8edf0", "paper": "#101418", "accent": "#7cc4d0"},
        font={"regular": font, "bold": "black.ttf"},
        logo=name,
        logo_text="The ministry",
        footer='"Licence" CC BY \\ 4.0',
    )
    assert verapdf(content, flavour) == []


@pytest.mark.slow
def test_a_document_is_set_in_the_font_of_its_theme(here: Path) -> None:
    content = dressed(here, Format.PDF, font={"regular": "black.ttf", "italic": "italic.otf"})
    with pikepdf.open(io.BytesIO(content)) as file:
        fonts = {
            str(part.BaseFont).partition("+")[2]
            for part in file.objects
            if isinstance(part, pikepdf.Dictionary) and part.get("/Type") == "/Font"
        }
    # Bold is not made up: the regular style stands for it.
    assert {name for name in fonts if name.startswith("coproadmap")} == {
        "coproadmap-theme",
        "coproadmap-theme-Italic",
    }


# ── characters that only the theme's font has ────────────────────────────────────────────────────


def with_ideograph() -> bytes:
    """Return a font that has an ideograph, which the font that comes along has not."""
    with TTFont(io.BytesIO(BLACK)) as font:
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord("漢")] = table.cmap[ord("A")]
        target = io.BytesIO()
        font.save(target)
    return target.getvalue()


def found_in(directory: Path, text: str) -> list[str]:
    (directory / "own.ttf").write_bytes(with_ideograph())
    (directory / "it.yaml").write_text(f"community: {{name: Bees, summary: {text}}}\n", "utf-8")
    (directory / "house.yaml").write_text("font: own.ttf\n")
    house, _ = theme.read_file(directory / "house.yaml")
    assert house
    job = build.Job(files.Input("it.yaml", directory / "it.yaml"), ())
    outcomes = build.run(job, Templates(), Choices(house), lambda _: None)
    return [each.message for outcome in outcomes for each in outcome.diagnostics]


def test_what_the_font_of_a_theme_has_is_not_missing(tmp_path: Path) -> None:
    assert found_in(tmp_path, "漢") == []
    assert found_in(tmp_path, "字") == ["No font of the PDF has `字`. It prints `[U+5B57]`."]


@pytest.mark.slow
def test_what_the_font_of_a_theme_has_is_printed(
    tmp_path: Path, tool: Callable[[str], str]
) -> None:
    view = make(Roadmap.model_validate({"community": {"name": "漢字"}}))
    own = Theme(fonts=(("regular", with_ideograph()),))
    (tmp_path / "it.pdf").write_bytes(Documents(view, Templates(), own).produce(Format.PDF))
    command = [tool("pdftotext"), "-l", "1", str(tmp_path / "it.pdf"), "-"]
    printed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert "漢[U+5B57]" in printed
