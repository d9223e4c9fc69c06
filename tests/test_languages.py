"""Documents in every language: of one shape, whole, and open to everybody."""

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from cop_roadmap import briefs, checks, pdf, tags
from cop_roadmap.briefs import Kind, Wish
from cop_roadmap.formats import Documents, Format, canvas
from cop_roadmap.paper import Paper
from cop_roadmap.templating import Templates
from cop_roadmap.view import make, make_blank
from tests.browser import Browser, Look
from tests.roadmaps import complete_in
from tests.verapdf import VeraPdf

LANGUAGES = tags.known()
each_language = pytest.mark.parametrize("language", LANGUAGES)

# Of each script, and with long words and long sentences.
CLOSELY = ("fr", "de", "el", "bg")


@cache
def document(language: str, wanted: Format) -> bytes:
    return Documents(make(complete_in(language)), Templates()).produce(wanted)


@cache
def brief(language: str, kind: Kind, wanted: Format) -> bytes:
    roadmap = complete_in(language)
    (found,) = briefs.make(roadmap, Wish(kind, period="month_3"))
    return Documents(found, Templates()).produce(wanted)


def pages_in(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as file:
        return len(file.pages)


def shape(line: str) -> tuple[str, int, bool]:
    """Tell how a line of Markdown begins, how many cells it has, and if it says anything."""
    begin = re.match(r"(#+|\s*-( \[.\])?|\|[ -]+\||[*]+)?", line)
    assert begin
    return begin[0].rstrip(), line.count("|"), bool(line.strip())


def shapes(text: bytes) -> list[tuple[str, int, bool]]:
    return list(map(shape, text.decode().splitlines()))


# ── the same everywhere ──────────────────────────────────────────────────────────────────────────


@each_language
def test_the_markdown_has_line_by_line_the_shape_of_the_english_one(language: str) -> None:
    own, english = (shapes(document(tag, Format.MARKDOWN)) for tag in (language, "en"))
    assert own == english


@each_language
@pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.PERIOD])
def test_a_brief_has_line_by_line_the_shape_of_the_english_one(language: str, kind: Kind) -> None:
    own, english = (shapes(brief(tag, kind, Format.MARKDOWN)) for tag in (language, "en"))
    assert own == english


@each_language
def test_the_page_says_in_which_language_it_is(language: str) -> None:
    page = document(language, Format.HTML).decode()
    assert f'<html lang="{language}">' in page
    tag = re.compile(r"<[^>]*>|[^<]+")
    names = [found.split()[0] for found in tag.findall(page) if found.startswith("<")]
    english = document("en", Format.HTML).decode()
    assert names == [found.split()[0] for found in tag.findall(english) if found.startswith("<")]


@each_language
def test_the_fonts_have_every_character_of_the_words(language: str) -> None:
    assert list(checks.missing_glyph(complete_in(language))) == []
    text = document(language, Format.HTML).decode()
    assert "\ufffd" not in text


@each_language
def test_words_can_be_broken_where_the_library_knows_how(language: str) -> None:
    import pyphen

    pdf._weasyprint()
    assert (pyphen.language_fallback(language) is None) == (language in {"ga", "mt"})


def test_finnish_words_are_broken_between_syllables() -> None:
    import pyphen

    pdf._weasyprint()
    finnish = pyphen.Pyphen(lang="fi", left=3, right=3)
    words = ("yhteistyömahdollisuudet", "strategia", "kehittämissuunnitelma", "jäsenkokemus")
    assert [finnish.inserted(word) for word in words] == [
        "yhteis-työ-mah-dol-li-suu-det",
        "stra-te-gia",
        "kehit-tä-mis-suun-ni-telma",
        "jäsen-ko-ke-mus",
    ]


# ── as people meet them ──────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@each_language
def test_the_pdf_is_valid_and_open_to_everybody(language: str, verapdf: VeraPdf) -> None:
    assert verapdf(document(language, Format.PDF), "ua1") == []
    assert verapdf(document(language, Format.PDF), "2a") == []


@pytest.mark.slow
@each_language
def test_a_summary_is_one_page_and_a_canvas_two(language: str) -> None:
    assert pages_in(brief(language, Kind.SUMMARY, Format.PDF)) == 1
    blank = canvas(make_blank(language), Templates(), Paper.A4)
    assert pages_in(blank) == 2


LOOKS = (
    Look(width=320),
    Look(width=768, scheme="dark"),
    Look(width=1280),
    Look(media="print"),
)


@pytest.mark.slow
@pytest.mark.parametrize("language", CLOSELY)
@pytest.mark.parametrize(
    "look", LOOKS, ids=lambda look: f"{look.width}, {look.scheme}, {look.media}"
)
def test_a_page_is_open_to_everybody(
    language: str, look: Look, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(document(language, Format.HTML))
    seen: dict[str, Any] = browser(file, replace(look, tasks=("axe",)))
    keys = ("violations", "undecided", "said", "dead", "twice", "small")
    assert {key: seen[key] for key in keys} == {key: [] for key in keys}
    assert seen["loaded"] == [file.as_uri()]
    assert seen["overflow"] <= 0
