"""The words of documents and scaffold, one catalogue per language.

A catalogue is a YAML file under ``languages/`` named by its BCP 47 tag. It holds every word that
the product itself puts into a document; dropping a file there adds a language.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from cop_roadmap import source, tags
from cop_roadmap.diagnostics import Misuse


@dataclass(frozen=True, slots=True, eq=False)
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

        Of ``list``, ``pair`` and ``series``, only what stands between two texts: such as a comma,
        a colon and a semicolon, each with a space.
        """
        between = {key: self.word("labels", key, first="", rest="") for key in ("list", "pair")}
        series = self.word("next_year", "and", first="", rest="")
        return {**self.words["labels"], **between, "series": series}

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


_OWN: ContextVar[Mapping[str, Catalogue]] = ContextVar("own", default={})  # noqa: B039


def use(own: Iterable[Catalogue]) -> None:
    """Let words of somebody's own go before those of the product, from now on in this context."""
    added = {words.language: words for words in own}
    _OWN.set({**_OWN.get(), **added})
    tags.add(added)


@contextmanager
def using(own: Iterable[Catalogue]) -> Iterator[None]:
    """Let words of somebody's own go before those of the product as long as this lasts."""
    before = _OWN.set(_OWN.get())
    with tags.adding(()):
        use(own)
        try:
            yield
        finally:
            _OWN.reset(before)


def load(tag: str) -> Catalogue:
    """Load the words that serve a tag; dates are those of its region, if Unicode knows them.

    Raises:
        Misuse: there are no words in this language.
    """
    language = tags.best_match(tag)
    if language is None:
        known = ", ".join(tags.known())
        raise Misuse(f"There is no language {tag!r} yet. The languages are {known}.")
    words = _OWN.get().get(language) or _shipped(language)
    region = _of_region(tag)
    return replace(words, locale=region) if region else words


@cache
def _shipped(language: str) -> Catalogue:
    entry = tags.DIRECTORY / f"{language}.yaml"
    words: Mapping[str, Any] = source.read(entry.read_bytes(), str(entry)).data
    return Catalogue(language, words["locale"], words)


@cache
def _of_region(tag: str) -> str | None:
    """Return the locale of a tag that names a region, such as de_AT."""
    *_, region = tag.split("-")
    if region == tag or not re.fullmatch("[A-Za-z]{2}|[0-9]{3}", region):
        return None
    # Imported late: few tags name a region.
    from babel.localedata import exists, normalize_locale

    name = f"{tag.split('-', maxsplit=1)[0]}_{region}"
    return normalize_locale(name) if exists(name) else None
