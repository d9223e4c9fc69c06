"""The kinds of PDF that can be made, and how a file says which of them it is.

WeasyPrint writes one standard into a file. A document for everybody and for long follows two at
once: PDF/UA (it can be read aloud) and PDF/A (it can be read in fifty years). They do not
contradict each other, so the file is made as PDF/A and then says that it is PDF/UA, too.
"""

import re
from collections.abc import Iterable
from enum import Enum
from typing import Any

from cop_roadmap.diagnostics import Misuse

_CLOSING = b"</rdf:RDF>"

# PDF/A knows no properties but its own: what it does not know must be described (ISO 19005-2,
# 6.6.2.3). This is the description that the PDF Association recommends for both at once.
_ACCESSIBLE = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


class Variant(Enum):
    """The standards that a PDF follows. The value is how people write them."""

    UA_1_AND_A_2A = "pdf/ua-1+a-2a"
    UA_1_AND_A_3A = "pdf/ua-1+a-3a"
    UA_1 = "pdf/ua-1"
    A_1B = "pdf/a-1b"
    A_2A = "pdf/a-2a"
    A_2B = "pdf/a-2b"
    A_2U = "pdf/a-2u"
    A_3A = "pdf/a-3a"
    A_3B = "pdf/a-3b"
    A_3U = "pdf/a-3u"

    @property
    def flavours(self) -> tuple[str, ...]:
        """The standards one by one, in short: ``ua-1``, ``a-2a``."""
        return tuple(self.value.removeprefix("pdf/").split("+"))

    @property
    def base(self) -> str:
        """The one standard that WeasyPrint is asked for; PDF/A takes more than a word."""
        return f"pdf/{self.flavours[-1]}"

    @property
    def is_combined(self) -> bool:
        """Whether the file follows PDF/UA beside PDF/A."""
        return len(self.flavours) > 1

    @property
    def is_tagged(self) -> bool:
        """Whether the file says what is a heading, a list, a table."""
        return any(flavour in {"ua-1", "a-2a", "a-3a"} for flavour in self.flavours)

    @property
    def takes_files(self) -> bool:
        """Whether a file of any kind may lie inside."""
        return self.flavours[-1].startswith("a-3")


def variant_of(text: str) -> Variant:
    """Read the name of a variant as people write it: ``pdf/a-2b``, ``a-2b``, ``PDF/A-2b``, ``a2b``.

    Raises:
        Misuse: there is none of that name.
    """
    for variant in Variant:
        if _reduced(text) == _reduced(variant.value):
            return variant
    known = _listed(Variant)
    raise Misuse(f"There is no kind of PDF called {text!r}. There are {known}.")


def for_files(variant: Variant | None) -> Variant:
    """Return the variant to follow where a file is put in, by default PDF/UA-1 with PDF/A-3a.

    Raises:
        Misuse: the variant that is asked for takes no files.
    """
    if variant and not variant.takes_files:
        takers = _listed(each for each in Variant if each.takes_files)
        raise Misuse(f"No file may be put into {variant.value}. It may be put into {takers}.")
    return variant or WITH_SOURCE


def _reduced(name: str) -> str:
    return re.sub(r"[^a-z0-9+]|pdf", "", name.lower())


def _listed(variants: Iterable[Variant]) -> str:
    return ", ".join(variant.value for variant in variants)


DEFAULT = Variant.UA_1_AND_A_2A
WITH_SOURCE = Variant.UA_1_AND_A_3A


def declare(file: Any, variant: Variant) -> None:
    """Let a ``pydyf.PDF`` that is about to be written say what WeasyPrint has not said."""
    metadata = file.objects[int(file.catalog["Metadata"].split()[0])]
    # To be found by tools that search for it without reading PDF.
    metadata.compress = False
    if variant.is_combined:
        before, closing, after = b"".join(metadata.stream).rpartition(_CLOSING)
        metadata.stream = [before + _ACCESSIBLE.lstrip() + closing + after]
