"""``coproadmap translated``: note that the texts of a roadmap say the same in all languages."""

from typing import Annotated

import typer

from cop_roadmap.cli.arguments import Quiet, WordsOption, use_words, write
from cop_roadmap.cli.outcomes import read_roadmap
from cop_roadmap.cli.speaking import HAS_ERRORS, show, stop, tell


def note_translations(
    path: Annotated[str, typer.Argument(metavar="PATH", hidden=True)] = "roadmap.yaml",
    words: WordsOption = None,
    quiet: Quiet = False,
) -> None:
    """Note that all texts of a roadmap say the same in its languages.

    PATH is a roadmap that gives texts in several languages, or - for standard input. Without it:
    roadmap.yaml. The notes stand at its end, under `translations`: when one language is changed
    later, `validate` warns until the others are, too. All else stays as you wrote it.
    """
    from cop_roadmap import files, translated
    from cop_roadmap.editing import CannotEdit

    use_words(words)
    inputs = list(files.find([path]))
    if len(inputs) > 1:
        stop(f"This is said of one roadmap, and {path} has {len(inputs)}. Name one.")
    found = inputs[0]
    examined, content = read_roadmap(found)
    if len(examined.languages) == 1:
        stop(
            f"{found.name} gives its texts in one language. A text in two is written "
            "`answer: {en: A text, fr: Un texte}`.",
            HAS_ERRORS,
        )
    try:
        made = translated.make(examined, content)
    except CannotEdit as reason:
        stop(f"{found.name}: {reason}", HAS_ERRORS)
    if found.path:
        if made.content != content:
            write(found.path, made.content)
    else:
        show(made.content)
    texts = "1 text" if made.texts == 1 else f"{made.texts} texts"
    listed = ", ".join(examined.languages)
    tell(quiet, f"{texts} noted as saying the same in {listed}: {made.new} of them new or changed.")
