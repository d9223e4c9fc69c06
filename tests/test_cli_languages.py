"""Languages on the command line: documents in several, words of one's own, and what is refused."""

from pathlib import Path

import pytest

from cop_roadmap import tags
from tests.test_cli import Result, names_in, run

BEES = """\
community:
  name: {en: Bees, fr: Abeilles}
sections:
  vision:
    answer: {en: Honey for all, fr: Du miel pour tous}
    timeline:
      month_1: {action: {en: Meet, fr: Se rencontrer}, responsible: Ann}
"""
KNOWN = ", ".join(tags.known())
UNKNOWN = f"There is no language 'tlh' yet. The languages are {KNOWN}.\n"


@pytest.fixture
def bees(tmp_path: Path) -> Path:
    (tmp_path / "bees.yaml").write_text(BEES, "utf-8")
    return tmp_path


# ── documents ────────────────────────────────────────────────────────────────────────────────────


def test_each_language_has_its_documents(bees: Path) -> None:
    result = run("render", "bees.yaml", "--to", "md", "--language", "en,fr", cwd=bees)
    assert result == Result(0, err="Wrote bees-en.md\n      bees-fr.md\n")
    english, french = ((bees / f"bees-{tag}.md").read_text("utf-8") for tag in ("en", "fr"))
    for text, own, other in ((english, "Honey", "miel"), (french, "miel", "Honey")):
        assert own in text
        assert other not in text
    assert french.startswith("# Abeilles\n")
    assert "- Mois 1\xa0: Se rencontrer" in french


def test_the_main_language_is_that_of_the_roadmap(bees: Path) -> None:
    run("render", "bees.yaml", "--to", "md", cwd=bees)
    assert (bees / "bees.md").read_text("utf-8").startswith("# Bees\n")
    run("render", "bees.yaml", "--to", "md", "--language", "fr", cwd=bees)
    assert (bees / "bees.md").read_text("utf-8").startswith("# Abeilles\n")
    assert names_in(bees) == ["bees.md", "bees.yaml"]


def test_briefs_and_calendars_come_in_each_language(bees: Path) -> None:
    view = ("--view", "person", "--responsible", "Ann")
    result = run("render", "bees.yaml", *view, "--to", "md", "--language", "fr,en", cwd=bees)
    assert (result.code, names_in(bees)) == (
        0,
        ["bees-person-ann-en.md", "bees-person-ann-fr.md", "bees.yaml"],
    )
    assert "Se rencontrer" in (bees / "bees-person-ann-fr.md").read_text("utf-8")


def test_two_languages_do_not_go_into_one_document(bees: Path) -> None:
    wanted = ("render", "bees.yaml", "--language", "en,fr")
    result = run(*wanted, "-o", "x.md", cwd=bees)
    said = "x.md is one document, and there are 2 languages. Name a directory.\n"
    assert result == Result(2, err=said)
    assert run(*wanted, "--to", "md", "-o", "-", cwd=bees).code == 2
    assert names_in(bees) == ["bees.yaml"]


def test_a_language_without_texts_is_told(bees: Path) -> None:
    (bees / "bees.yaml").write_text("community: {name: Bees}\n", "utf-8")
    result = run("render", "bees.yaml", "--to", "md", "--language", "fr", cwd=bees)
    assert result.code == 0
    said = "bees.yaml: warning: The roadmap has no texts in `fr`: they come out in `en`.\n"
    assert result.err.startswith(said)


# ── a language without words ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "arguments",
    [
        ("init", "new.yaml"),
        ("init", "new.yaml", "--example"),
        ("render", "bees.yaml"),
        ("canvas",),
        ("canvas", "bees.yaml"),
        ("schema",),
    ],
)
def test_a_language_without_words_is_refused_with_those_that_have(
    bees: Path, arguments: tuple[str, ...]
) -> None:
    assert run(*arguments, "--language", "tlh", cwd=bees) == Result(2, err=UNKNOWN)
    assert names_in(bees) == ["bees.yaml"]


def test_a_roadmap_in_such_a_language_is_not_made_into_documents(bees: Path) -> None:
    (bees / "bees.yaml").write_text("community: {name: Bees, language: tlh}\n", "utf-8")
    for command in ("validate", "render", "status"):
        result = run(command, "bees.yaml", cwd=bees)
        assert (result.code, "unknown-language" in result.out + result.err) == (1, True)
    assert names_in(bees) == ["bees.yaml"]


# ── words of one's own ───────────────────────────────────────────────────────────────────────────


def test_words_of_ones_own_are_used(bees: Path) -> None:
    (bees / "words.yaml").write_text("language: en\nlabels: {facet: Pillar}\n", "utf-8")
    result = run("render", "bees.yaml", "--to", "md", "--words", "words.yaml", cwd=bees)
    assert result.code == 0
    assert "| Pillar | Worked out |" in (bees / "bees.md").read_text("utf-8")


def test_words_that_are_wrong_stop_the_command(bees: Path) -> None:
    (bees / "words.yaml").write_text("language: en\nlabels: {faset: Pillar}\n", "utf-8")
    result = run("render", "bees.yaml", "--words", "words.yaml", cwd=bees)
    assert result.code == 1
    assert result.err.startswith("words.yaml:2:10: error: `faset` is not a key of the words.\n")
    assert names_in(bees) == ["bees.yaml", "words.yaml"]
    assert run("validate", "bees.yaml", "--words", "no.yaml", cwd=bees).code == 2


def test_a_schema_and_a_scaffold_take_words(bees: Path) -> None:
    (bees / "words.yaml").write_text(
        "language: en\nscaffold: {name: Our bees}\nsections: {vision: {title: Our dream}}\n",
        "utf-8",
    )
    assert '"1.1 Our dream"' in run("schema", "--words", "words.yaml", cwd=bees).out
    assert "name: Our bees\n" in run("init", "-", "--words", "words.yaml", cwd=bees).out


# ── what says the same ───────────────────────────────────────────────────────────────────────────


def test_translations_are_noted_and_what_changes_is_found(bees: Path) -> None:
    noted = "3 texts noted as saying the same in en, fr: 3 of them new or changed.\n"
    assert run("translated", "bees.yaml", cwd=bees) == Result(0, err=noted)
    assert run("validate", "--strict", "bees.yaml", cwd=bees).code == 0
    text = (bees / "bees.yaml").read_text("utf-8")
    (bees / "bees.yaml").write_text(text.replace("Honey for all", "Honey"), "utf-8")
    result = run("validate", "--strict", "bees.yaml", cwd=bees)
    assert result.code == 1
    said = "bees.yaml:5:29: warning: The text in `en` was changed after that in `fr`.\n"
    assert result.out.startswith(said)


def test_notes_of_standard_input_go_to_standard_output(bees: Path) -> None:
    result = run("translated", "-", cwd=bees, stdin=BEES.encode())
    assert (result.code, result.out.startswith(BEES)) == (0, True)
    assert result.out[len(BEES) :].startswith("\ntranslations:\n  - {en: ")


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("community: {name: Bees}\n", 1, "bees.yaml gives its texts in one language. "),
        ("{community: {name: {en: Bees, fr: A}}}\n", 1, "bees.yaml: The notes cannot be written"),
        ("community: {nam: x}\n", 1, "bees.yaml:1:13: error: `nam` is not a key"),
    ],
)
def test_what_cannot_be_noted_is_left_as_it_is(bees: Path, text: str, code: int, said: str) -> None:
    (bees / "bees.yaml").write_text(text, "utf-8")
    result = run("translated", "bees.yaml", cwd=bees)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(said)
    assert (bees / "bees.yaml").read_text("utf-8") == text


def test_one_roadmap_is_noted_at_a_time(bees: Path) -> None:
    (bees / "wasps.yaml").write_text(BEES, "utf-8")
    assert run("translated", ".", cwd=bees).code == 2
