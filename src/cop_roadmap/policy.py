"""The Content-Security-Policy of a page: what is inside may be used, and nothing else.

The policy stands in the page itself, as the page is one file that no server describes. A template
leaves it empty, as it depends on the finished text of the page's style sheets and scripts.
"""

import re
from base64 import b64encode
from hashlib import sha256

# Texts of a roadmap cannot make such a tag or such elements: in a page they are escaped.
_EMPTY = '<meta http-equiv="Content-Security-Policy" content="">'
_NOTHING = "'none'"
_ELEMENTS = re.compile(r"<(style|script)\b[^>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)


def fill_in(page: str) -> str:
    """Return a page with the policy that it needs, if its template has left room for one."""
    return page.replace(_EMPTY, _EMPTY.replace('""', f'"{of(page)}"'), 1)


def of(page: str) -> str:
    """Return the policy that allows just what a page holds (CSP level 3, W3C)."""
    hashes: dict[str, list[str]] = {"style": [], "script": []}
    for kind, text in _ELEMENTS.findall(page):
        hashes[kind.lower()].append(
            f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
        )
    return "; ".join(
        (
            "default-src 'none'",
            *(f"{kind}-src {' '.join(found) or _NOTHING}" for kind, found in hashes.items()),
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
