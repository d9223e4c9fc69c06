"""The rules explained: a list of all, and a page for each, as text and as Markdown."""

from collections.abc import Iterator
from textwrap import fill, indent, wrap

from cop_roadmap import rules
from cop_roadmap.rules import Rule

_MARGIN = "    "
_WIDTH = 80


def as_list() -> str:
    """List all rules, by group, on lines of a usual terminal."""
    longest = max(map(len, rules.RULES)) + 2
    lines: list[str] = []
    for title, group in rules.GROUPS.items():
        lines += ["", title]
        for rule in group:
            head = f"  {rule.name:{longest}}{rule.severity.value:9}"
            lines += wrap(
                rule.summary, _WIDTH, initial_indent=head, subsequent_indent=" " * len(head)
            )
    return "\n".join([*lines[1:], "", "`coproadmap rules NAME` explains one."]) + "\n"


def as_text(rule: Rule) -> str:
    """Explain a rule in plain text."""
    parts = [
        f"{rule.name} ({rule.severity.value})",
        fill(rule.summary, _WIDTH),
        fill(rule.explanation, _WIDTH),
    ]
    for title, example in (("Wrong", rule.wrong), ("Right", rule.right)):
        if example:
            parts += [f"{title}:", indent(example, _MARGIN)]
    parts += [f"{note}:\n\n{indent(lines, _MARGIN)}" for note, lines in _silencing(rule)]
    return "\n\n".join(parts) + "\n"


def as_markdown(rule: Rule) -> str:
    """Explain a rule in Markdown, without a heading."""
    parts = [f"**{rule.summary}** ({rule.severity.value})", rule.explanation]
    for title, example in (("Wrong", rule.wrong), ("Right", rule.right)):
        if example:
            parts += [f"{title}:", f"```yaml\n{example}\n```"]
    parts += [f"{note}:\n\n```yaml\n{lines}\n```" for note, lines in _silencing(rule)]
    return "\n\n".join(parts) + "\n"


def _silencing(rule: Rule) -> Iterator[tuple[str, str]]:
    if rule.name in rules.OPTIONAL:
        yield "To live with it, write why", f"lint:\n  ignore:\n    {rule.name}: the reason"
