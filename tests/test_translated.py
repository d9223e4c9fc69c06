"""The note of which texts say the same: written into the file, and nothing else changed there."""

import pytest

from cop_roadmap import loading, translated, translations
from cop_roadmap.editing import CannotEdit
from cop_roadmap.translated import Noted

PLAIN = """\
# Our roadmap
community:
  name: {en: Bees, fr: Abeilles}   # both
ambitions:
  short_term: {en: Honey, fr: Du miel}
"""
NAME, HONEY = translations.notes(
    [{"en": "Bees", "fr": "Abeilles"}, {"en": "Honey", "fr": "Du miel"}]
)


def line(note: dict[str, str]) -> str:
    return f"  - {{en: {note['en']}, fr: {note['fr']}}}\n"


BLOCK = f"translations:\n{line(NAME)}{line(HONEY)}"


def made(text: str) -> Noted:
    content = text.encode()
    return translated.make(loading.examine(content, "roadmap.yaml"), content)


def text_of(text: str) -> str:
    return made(text).content.decode()


def test_the_notes_stand_at_the_end() -> None:
    assert made(PLAIN) == Noted(f"{PLAIN}\n{BLOCK}".encode(), texts=2, new=2)


def test_nothing_is_changed_where_nothing_is_new() -> None:
    once = text_of(PLAIN)
    assert made(once) == Noted(once.encode(), texts=2, new=0)


def test_a_changed_text_gets_another_note_in_its_place() -> None:
    once = text_of(PLAIN)
    changed = once.replace("en: Honey", "en: Honey for all")
    (new,) = translations.notes([{"en": "Honey for all", "fr": "Du miel"}])
    wanted = changed.replace(line(HONEY), line(new))
    assert made(changed) == Noted(wanted.encode(), texts=2, new=1)


def test_the_note_of_a_text_that_is_gone_goes_too() -> None:
    gone = text_of(PLAIN).replace("ambitions:\n  short_term: {en: Honey, fr: Du miel}\n", "")
    assert made(gone) == Noted(gone.replace(line(HONEY), "").encode(), texts=1, new=0)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PLAIN.replace("\n", "\r\n"), id="lines of Windows"),
        pytest.param("\ufeff" + PLAIN, id="a byte order mark"),
        pytest.param(PLAIN.rstrip("\n"), id="no end of the last line"),
        pytest.param(PLAIN + "\n\n# The end\n", id="a remark at the end"),
        pytest.param(PLAIN + "translations:\n", id="an empty key"),
        pytest.param(PLAIN + "translations: []\n", id="an empty list"),
        pytest.param("translations: [{en: abcdefgh}]\n" + PLAIN, id="a list in brackets, above"),
        pytest.param(PLAIN + "translations:\n    - {en: abcdefgh}\n", id="a deeper list"),
        pytest.param(f"---\n{PLAIN}", id="the mark of a document"),
    ],
)
def test_whatever_the_file_looks_like_it_says_the_same_with_notes(text: str) -> None:
    noted = made(text)
    before, after = (loading.examine(each, "r.yaml") for each in (text.encode(), noted.content))
    assert after.diagnostics == ()
    assert after.roadmap
    assert after.roadmap.translations == (NAME, HONEY)
    for tag in ("en", "fr"):
        was, is_now = before.in_language(tag), after.in_language(tag)
        assert was
        assert was.model_copy(update={"translations": (NAME, HONEY)}) == is_now
    remarks = [each for each in text.splitlines() if each.strip().startswith("#")]
    assert [each for each in noted.content.decode().splitlines() if each.startswith("#")] == remarks
    again = translated.make(after, noted.content)
    assert again == Noted(noted.content, texts=2, new=0)


def test_a_file_in_braces_takes_no_notes() -> None:
    with pytest.raises(CannotEdit, match="on a line of its own"):
        made("{community: {name: {en: Bees, fr: Abeilles}}}\n")


def test_there_must_be_a_roadmap() -> None:
    with pytest.raises(CannotEdit):
        made("community: {nam: x}")
