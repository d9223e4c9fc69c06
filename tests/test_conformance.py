"""The kinds of PDF: how they are called, and what they take. How they are: see test_pdf."""

import pytest

from cop_roadmap import conformance
from cop_roadmap.conformance import Variant
from cop_roadmap.diagnostics import Misuse


@pytest.mark.parametrize("variant", Variant)
def test_a_variant_is_read_in_every_spelling(variant: Variant) -> None:
    short = variant.value.removeprefix("pdf/")
    for name in (variant.value, variant.value.upper(), short, short.replace("-", ""), f" {short} "):
        assert conformance.variant_of(name) is variant
    # As the standards write it.
    assert conformance.variant_of(variant.value.replace("+", " + PDF/").upper()) is variant


@pytest.mark.parametrize("name", ["", "a", "pdf", "pdf/", "a-2", "a-1a", "ua-2", "ua-1+a-2b", "é"])
def test_what_is_no_variant_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(Misuse) as raised:
        conformance.variant_of(name)
    assert str(raised.value) == (
        f"There is no kind of PDF called {name!r}. There are pdf/ua-1+a-2a, pdf/ua-1+a-3a, "
        "pdf/ua-1, pdf/a-1b, pdf/a-2a, pdf/a-2b, pdf/a-2u, pdf/a-3a, pdf/a-3b, pdf/a-3u."
    )


TAKERS = [Variant.UA_1_AND_A_3A, Variant.A_3A, Variant.A_3B, Variant.A_3U]


def test_files_are_put_into_the_third_pdf_a_only() -> None:
    assert [variant for variant in Variant if variant.takes_files] == TAKERS
    assert [conformance.for_files(variant) for variant in TAKERS] == TAKERS
    assert conformance.for_files(None) is Variant.UA_1_AND_A_3A


@pytest.mark.parametrize("variant", [each for each in Variant if each not in TAKERS])
def test_a_variant_that_takes_no_files_is_refused_with_those_that_do(variant: Variant) -> None:
    with pytest.raises(Misuse) as raised:
        conformance.for_files(variant)
    assert str(raised.value) == (
        f"No file may be put into {variant.value}. "
        "It may be put into pdf/ua-1+a-3a, pdf/a-3a, pdf/a-3b, pdf/a-3u."
    )
