"""The words of each language: complete, alike, and typeset as the language asks."""

import re
from collections.abc import Iterator, Mapping
from string import Formatter

import pytest
from babel import Locale
from babel.dates import get_month_names
from pydantic import BaseModel

from cop_roadmap import canvas, catalogue, tags
from cop_roadmap.roadmap import (
    Action,
    Colours,
    Community,
    CreationItem,
    Font,
    Lint,
    Look,
    Review,
    Roadmap,
    Section,
    Status,
)

LANGUAGES = tags.known()
KEYS_OF_AN_AMBITION = ["title", "months", "question"]
KEYS_OF_A_QUESTION = ["title", "question"]
EXPLAINED: dict[str, type[BaseModel]] = {
    "roadmap": Roadmap,
    "community": Community,
    "section": Section,
    "action": Action,
    "item": CreationItem,
    "review": Review,
    "document": Look,
    "colours": Colours,
    "font": Font,
    "lint": Lint,
}


def texts_of(node: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Walk over the leaves of a catalogue, each with its path; forms for numbers are leaves."""
    if isinstance(node, Mapping) and "other" in node:
        for key, value in node.items():
            yield f"{path} ({key})", value
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield from texts_of(value, f"{path}.{key}" if path else str(key))
    else:
        yield path, node


TEXTS = {language: dict(texts_of(catalogue.load(language).words)) for language in LANGUAGES}


# The official languages of the European Union.
OFFICIAL = [
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fi",
    "fr",
    "ga",
    "hr",
    "hu",
    "it",
    "lt",
    "lv",
    "mt",
    "nl",
    "pl",
    "pt",
    "ro",
    "sk",
    "sl",
    "sv",
]

# What a title may measure in letters, and its longest word: more does not fit in its place.
ROOM = {
    r"periods\..*": (22, 12),
    r"statuses\..*": (20, 18),
    r"facets\..*": (36, 24),
    r"sections\..*\.title": (64, 27),
    r"ambitions\..*\.(title|months)": (34, 24),
    r"creation\.[a-z_]+\.title": (90, 27),
    r"creation\..*\.items\..*\.title": (60, 27),
    r"labels\.(responsible|resources)": (44, 18),
    r"labels\.(roadmap|workshop)": (64, 27),
    r"briefs\.(done|in_progress|planned|late)": (20, 18),
}

# Marks that open and close a quotation, by language (CLDR, characters/delimiters).
QUOTES = {
    "bg cs de et is lt lv sk sl": "„“",
    "da en ga mt es pt it nl": "“”",
    "el es fr it pt": "«»",
    "hr hu nl pl ro": "„”",
    "fi sv": "”",
    "da": "„“",
}

# What a program reads, and so stands in every language as it is.
CODE = re.compile(r"`[^`]*`|in_progress|#[0-9a-f]{6}|20\d\d-\d\d(?:-\d\d)?|fr-CA|TTF|OTF|PNG")

# Words that a language shares with English, by their places in the catalogue.
SAME_AS_ENGLISH = {
    "da": """
        calendar.period facets.vision labels.facet sections.vision.title
    """,
    "de": """
        calendar.community facets.governance facets.vision labels.community
        labels.filter_person labels.plan labels.planned schema.community.name.title
        schema.document.logo.title schema.roadmap.community.title
        sections.governance.title sections.vision.title
    """,
    "es": """
        labels.plan labels.planned
    """,
    "fr": """
        briefs.notes facets.collaboration facets.leadership facets.vision
        labels.ambitions labels.section schema.action.action.title
        schema.document.logo.title schema.roadmap.ambitions.title
        schema.roadmap.sections.title sections.coordination.title
        sections.facilitation.title sections.leadership.title sections.vision.title
        status.action status.actions
    """,
    "hr": """
        labels.plan labels.planned
    """,
    "it": """
        facets.governance facets.leadership schema.document.logo.title
        sections.governance.title sections.leadership.title
    """,
    "nl": """
        labels.community labels.facet labels.item_open labels.plan labels.planned
        status.communities
    """,
    "pl": """
        labels.plan labels.planned
    """,
    "sv": """
        facets.vision sections.vision.title
    """,
}


def placeholders(text: object) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(str(text)) if name is not None}


def code_in(text: object) -> list[str]:
    """Find what a program reads; a word in capitals stands for something and is translated."""
    found = CODE.findall(str(text))
    return sorted(
        re.sub(r"\w+", lambda word: "X" if word[0].isupper() else word[0], code) for code in found
    )


def general(path: str) -> str:
    """Leave out which form of a text a path leads to."""
    return path.partition(" ")[0]


def forms_for_numbers(
    words: Mapping[str, object], path: str = ""
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Walk over the texts of a catalogue that have several forms."""
    for key, value in words.items():
        if isinstance(value, Mapping):
            if "other" in value:
                yield f"{path}{key}", value
            else:
                yield from forms_for_numbers(value, f"{path}{key}.")


# ── every language ───────────────────────────────────────────────────────────────────────────────

each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
def test_a_catalogue_has_the_keys_of_english_in_their_order(language: str) -> None:
    assert list(dict.fromkeys(map(general, TEXTS[language]))) == list(
        dict.fromkeys(map(general, TEXTS["en"]))
    )


@each_language
def test_a_catalogue_has_the_forms_that_its_numbers_need(language: str) -> None:
    words = catalogue.load(language)
    locale = Locale.parse(words.locale)
    # Whole numbers that a roadmap can count.
    needed = {locale.plural_form(number) for number in range(10_000)} | {"other"}
    in_order = [form for form in ("zero", "one", "two", "few", "many", "other") if form in needed]
    found = {path: list(forms) for path, forms in forms_for_numbers(words.words)}
    assert found == dict.fromkeys(found, in_order)
    assert list(found) == [path for path, _ in forms_for_numbers(catalogue.load("en").words)]


@each_language
def test_a_catalogue_has_the_keys_of_the_canvas_in_their_order(language: str) -> None:
    words = catalogue.load(language).words
    assert list(words["facets"]) == [facet.key for facet in canvas.FACETS]
    assert list(words["sections"]) == list(canvas.SECTION_KEYS)
    assert list(words["periods"]) == list(canvas.PERIOD_KEYS)
    assert list(words["ambitions"]) == list(canvas.AMBITION_KEYS)
    assert {key: list(step["items"]) for key, step in words["creation"].items()} == {
        key: list(items) for key, items in canvas.STEP_ITEMS.items()
    }
    assert list(words["statuses"]) == [status.value for status in Status]


@each_language
def test_every_part_of_the_canvas_has_its_title_and_question(language: str) -> None:
    words = catalogue.load(language).words
    assert all(list(section) == KEYS_OF_A_QUESTION for section in words["sections"].values())
    assert all(list(ambition) == KEYS_OF_AN_AMBITION for ambition in words["ambitions"].values())
    for step in words["creation"].values():
        assert list(step) == ["title", "items"]
        assert all(list(item) == KEYS_OF_A_QUESTION for item in step["items"].values())


@each_language
def test_every_key_beside_the_canvas_has_its_title_and_description(language: str) -> None:
    words = catalogue.load(language).words["schema"]
    assert {part: list(words[part]) for part in EXPLAINED} == {
        part: list(model.model_fields) for part, model in EXPLAINED.items()
    }
    for part in EXPLAINED:
        assert all(list(key) == ["title", "description"] for key in words[part].values())


@each_language
def test_a_catalogue_has_the_placeholders_of_english(language: str) -> None:
    english = {general(path): placeholders(text) for path, text in TEXTS["en"].items()}
    for path, text in TEXTS[language].items():
        found, wanted = placeholders(text), english[general(path)]
        # Some languages say "one day" or "two days" in words.
        said = {"count"} if path.endswith((" (zero)", " (one)", " (two)")) else set()
        assert wanted - said <= found <= wanted, path


@each_language
def test_nothing_in_a_catalogue_is_longer_than_its_place(language: str) -> None:
    for path, text in TEXTS[language].items():
        for pattern, (letters, longest) in ROOM.items():
            if re.fullmatch(pattern, path):
                assert len(str(text)) <= letters, (path, text)
                words = re.split(r"[\s/·–-]+", str(text))
                assert max(map(len, words)) <= longest, (path, text)


@each_language
def test_a_catalogue_has_no_straight_quotation_marks(language: str) -> None:
    # Quotes stand where a remark shows YAML.
    straight = {path: text for path, text in TEXTS[language].items() if set("\"'") & set(str(text))}
    assert straight == {}


@each_language
def test_a_catalogue_quotes_as_its_language_does(language: str) -> None:
    own = "".join(marks for languages, marks in QUOTES.items() if language in languages.split())
    text = "".join(map(str, TEXTS[language].values()))
    assert set(text) & set("„“”«»‚‘‹›") <= set(own)


@each_language
def test_what_a_program_reads_stands_unchanged_in_every_language(language: str) -> None:
    english = {general(path): code_in(text) for path, text in TEXTS["en"].items()}
    for path, text in TEXTS[language].items():
        assert code_in(text) == english[general(path)], path


@each_language
def test_nothing_in_a_catalogue_is_left_in_english(language: str) -> None:
    if language == "en":
        return
    alike = SAME_AS_ENGLISH.get(language, "").split()
    same = {
        general(path)
        for path, text in TEXTS[language].items()
        if text == TEXTS["en"].get(path)
        and re.search(r"[a-z]{2}", re.sub(r"\{.*?\}", "", str(text)))
    }
    assert sorted(same) == sorted(alike)


@each_language
def test_every_text_of_a_catalogue_is_one_filled_line(language: str) -> None:
    for path, text in TEXTS[language].items():
        assert isinstance(text, str), path
        assert text.strip() == text != "", path
        assert not re.search(r"[\n\t]|  ", text), path


@each_language
def test_titles_are_unique_where_readers_tell_parts_by_them(language: str) -> None:
    words = catalogue.load(language).words
    for titles in (
        [section["title"] for section in words["sections"].values()],
        list(words["facets"].values()),
        list(words["periods"].values()),
        list(words["statuses"].values()),
        *(
            [item["title"] for item in step["items"].values()]
            for step in words["creation"].values()
        ),
    ):
        assert len(set(titles)) == len(titles)


@each_language
def test_a_catalogue_names_a_locale_with_months_of_its_language(language: str) -> None:
    locale = catalogue.load(language).locale
    assert Locale.parse(locale).language == Locale.parse(language).language
    assert len(set(get_month_names(locale=locale).values())) == 12


@each_language
def test_the_number_of_sections_in_the_words_is_that_of_the_canvas(language: str) -> None:
    remark = str(TEXTS[language]["scaffold.sections_comment"])
    assert re.findall(r"\d+", remark) == [str(len(canvas.SECTION_KEYS))]


@each_language
def test_lists_and_labels_are_separated_by_something(language: str) -> None:
    labels = catalogue.load(language).labels()
    assert (labels["list"], labels["pair"].replace("\xa0", "")) == (", ", ": ")


# ── which language serves ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        pytest.param("en", "en", id="english"),
        pytest.param("fr", "fr", id="french"),
        pytest.param("fr-CA", "fr", id="french of canada"),
        pytest.param("FR-ca", "fr", id="any case"),
        pytest.param("fr-Latn-CA", "fr", id="with a script"),
        pytest.param("en-US", "en", id="english of the states"),
        pytest.param("en-001", "en", id="english of the world"),
        pytest.param("tlh", None, id="not translated"),
        pytest.param("frr", None, id="a language that begins alike"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_tag_is_served_by_this_language(tag: str, language: str | None) -> None:
    assert tags.best_match(tag) == language


@pytest.mark.parametrize(
    ("tag", "language", "locale"),
    [
        pytest.param("en", "en", "en_001", id="english"),
        pytest.param("fr-CA", "fr", "fr_CA", id="french of canada"),
        pytest.param("fr-Latn-CA", "fr", "fr_CA", id="with a script"),
        pytest.param("fr-AQ", "fr", "fr", id="of a region without dates of its own"),
        pytest.param("en-US", "en", "en_US", id="english of the states"),
    ],
)
def test_a_tag_loads_this_catalogue(tag: str, language: str, locale: str) -> None:
    words = catalogue.load(tag)
    assert (words.language, words.locale) == (language, locale)


# ── single words ─────────────────────────────────────────────────────────────────────────────────


def test_a_word_is_found_by_its_path() -> None:
    assert catalogue.load("en").word("sections", "co_creation", "title") == "Co-creation"


def test_a_word_has_its_placeholders_filled() -> None:
    assert catalogue.load("en").word("labels", "due", date="15 Oct") == "due 15 Oct"
    assert catalogue.load("fr").word("labels", "step", number=3) == "Étape 3"


def test_a_word_without_values_keeps_its_braces() -> None:
    assert "{answer: Text, done: true}" in catalogue.load("en").word("scaffold", "creation_comment")


def test_a_word_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        catalogue.load("en").word("labels", "nonsense")


# ── French typography ────────────────────────────────────────────────────────────────────────────

FRENCH = {path: str(text) for path, text in TEXTS["fr"].items()}


def without_code(text: str) -> str:
    """Leave out the braces of YAML that a remark shows."""
    return re.sub(r"\{[^}]*\}", "", text)


def test_french_has_typographic_apostrophes_and_no_straight_quotes() -> None:
    assert [path for path, text in FRENCH.items() if set("'\"") & set(text)] == []


def test_french_keeps_its_punctuation_with_the_word_before_it() -> None:
    before = {
        path: set(re.findall(r"(.)[;:!?»]", without_code(text))) - {"\xa0", "\u202f"}
        for path, text in FRENCH.items()
    }
    assert {path: found for path, found in before.items() if found} == {}


def test_french_has_signs_that_the_rules_above_are_about() -> None:
    text = "".join(FRENCH.values())
    assert all(sign in text for sign in "’?:")
