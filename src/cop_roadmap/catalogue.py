"""The words of documents and scaffold, one catalogue per language.

A catalogue is a YAML file under ``languages/`` named by its BCP 47 tag. It holds every word that
the product itself puts into a document; dropping a file there adds a language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cop_roadmap import source

_DIRECTORY = Path(__file__).parent / "languages"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language. ``locale`` names its CLDR data for dates and month names."""

    language: str
    locale: str
    words: Mapping[str, Any]

    def word(self, *path: str, **values: object) -> str:
        """Return one text, with its placeholders filled."""
        found: Any = self.words
        for key in path:
            found = found[key]
        text = str(found)
        return text.format(**values) if values else text

    def labels(self) -> dict[str, str]:
        """Return the small words of the documents.

        Of ``list`` and ``pair``, only what stands between two texts: such as ``, `` and ``: ``.
        """
        between = {key: self.word("labels", key, first="", rest="") for key in ("list", "pair")}
        return {**self.words["labels"], **between}

    def listed(self, texts: Iterable[str]) -> str:
        """Return texts as a list on one line."""
        return self.word("labels", "list", first="", rest="").join(texts)

    def plural(self, *path: str, count: int, **values: object) -> str:
        """Return the form of a text that goes with a number, with its placeholders filled.

        The forms are named by CLDR's plural categories; ``other`` serves where one is missing.
        """
        # Imported late: most words have one form.
        from babel import Locale

        forms: Any = self.words
        for key in path:
            forms = forms[key]
        form = Locale.parse(self.locale).plural_form(count)
        return str(forms.get(form, forms["other"])).format(count=count, **values)


def languages() -> tuple[str, ...]:
    """Return the tags of all languages that have a catalogue, sorted."""
    names = (entry.name for entry in _DIRECTORY.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def best_match(tag: str) -> str | None:
    """Return the language whose catalogue serves a tag (``fr`` serves ``fr-CA``), if one does."""
    known = {language.lower(): language for language in languages()}
    parts = tag.lower().split("-")
    candidates = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((known[candidate] for candidate in candidates if candidate in known), None)


@cache
def load(tag: str) -> Catalogue:
    """Load the catalogue that serves a tag; English serves where none does."""
    language = best_match(tag) or "en"
    entry = _DIRECTORY / f"{language}.yaml"
    words: Mapping[str, Any] = source.read(entry.read_bytes(), str(entry)).data
    return Catalogue(language, words["locale"], words)
