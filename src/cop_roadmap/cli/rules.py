"""``coproadmap rules``: what is looked for, and why."""

from typing import Annotated

import typer

from cop_roadmap.cli.speaking import say, stop


def explain_rules(
    name: Annotated[str | None, typer.Argument(metavar="NAME", hidden=True)] = None,
) -> None:
    """List what validate looks for, or explain one rule.

    NAME is the rule to explain: why it matters, and how it looks wrong and right.
    """
    from cop_roadmap import manual, rules

    if name is not None and name not in rules.RULES:
        stop(rules.unknown(name))
    say(manual.as_text(rules.RULES[name]) if name else manual.as_list())
