"""What no font can show, and what is printed in its place."""

import pytest
from fontTools.ttLib import TTFont

from cop_roadmap import glyphs


def test_what_is_missing_is_known_before_a_page_is_set() -> None:
    assert glyphs.missing("plain") == []
    assert glyphs.missing("Ωж ệ ḱ 👩‍💻 a\u00ad\u200b\u2009\ufe0f\n 漢 漢 ‑") == [
        "👩",
        "💻",
        "漢",
        "‑",
    ]


def test_what_texts_are_commonly_made_of_is_known_without_a_font(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everything = map(chr, [*range(0xD800), *range(0xE000, 0x110000)])
    common = "".join(char for char in everything if glyphs._COMMON.fullmatch(char))
    assert len(common) > 600
    assert [char for char in common if not glyphs._is_shown(char, glyphs.covered())] == []
    monkeypatch.delattr(glyphs, "covered")
    assert glyphs.missing(common) == []


def test_what_the_font_lacks_may_be_in_the_users_own() -> None:
    assert glyphs.missing("漢字", frozenset({ord("漢")})) == ["字"]
    assert glyphs.spelt_out("漢字", frozenset({ord("漢")})) == {"字": "[U+5B57]"}


def test_what_another_character_says_as_well_is_not_spelt_out() -> None:
    assert glyphs.spelt_out("plain") == {}
    assert glyphs.spelt_out("✔ ① 🇫🇷 👍🏽 a‑b 漢 ⛄") == {
        "👍": "[thumbs up sign]",
        "漢": "[U+6F22]",
        "⛄": "[snowman without snow]",
    }


def test_no_style_has_characters_that_the_regular_one_lacks() -> None:
    for name in ("It", "Semibold", "SemiboldIt"):
        with TTFont(glyphs.font_directory() / f"SourceSansPro-{name}.ttf") as font:
            assert set(font.getBestCmap()) <= glyphs.covered()
