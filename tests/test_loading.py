"""From a file to a roadmap, or to everything that is wrong with it in plain words.

Each case is a small file, then what is said about it: severity, rule, place and path on one line,
the message, and the hint if there is one.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_roadmap import canvas, composer, files, loading
from cop_roadmap.diagnostics import Diagnostic, Severity
from cop_roadmap.loading import examine, examine_file
from cop_roadmap.roadmap import Roadmap
from tests.test_model_errors import cases, told

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.yaml"))

SEVERAL = """
## everywhere, in the order of the file
# x
community:
  name: X
  start: 2026-13
sections:
  visoin:
    answer: A
  governance:
    answer: [A]
    timeline:
      month_1:
        - action: B
          status: doen
          due: 2026-02-30
        - 5
ambitions:
  short_term: yes #really
  short_term: again
creation:
  pilot_and_launch: {pilot: {done: maybe}}
> error bad-date 4:10-4:17 community.start
> `2026-13` is not a month.
> Write year and month with a dash between, such as 2026-09.
> error unknown-key 6:3-6:9 sections.visoin
> `visoin` is not a key of `sections`.
> Did you mean `vision`?
> error wrong-type 9:13-9:16 sections.governance.answer
> `answer` needs text here, not a list.
> If this is text with a colon, brackets or a dash, put it in quotes.
> error bad-value 13:19-13:23 sections.governance.timeline.month_1[0].status
> `doen` is not a status.
> Did you mean `done`?
> error bad-date 14:16-14:26 sections.governance.timeline.month_1[0].due
> `2026-02-30` is not a day of the calendar.
> 2026-02 has 28 days.
> error wrong-type 15:11-15:12 sections.governance.timeline.month_1[1]
> `month_1` needs text here, not a number.
> Put it in quotes: "5"
> warning cut-text 17:19-17:26 ambitions.short_term
> YAML takes `#really` for a remark and drops it.
> Put the whole text in quotes; if it is a remark, put a space behind the #.
> error duplicate-key 18:3-18:13 ambitions.short_term
> The key `short_term` stands here again; it is on line 17 already.
> Join the two, or delete one.
> error wrong-type 20:36-20:41 creation.pilot_and_launch.pilot.done
> `done` needs true or false here, not text.
> Write true or false, without quotes.

## two on one line
community: {nam: X, sumary: Y}
> error unknown-key 1:13-1:16 community.nam
> `nam` is not a key of `community`.
> Did you mean `name`?
> error unknown-key 1:21-1:27 community.sumary
> `sumary` is not a key of `community`.
> Did you mean `summary`?
"""

BESIDE_THE_SOURCE = """
## the syntax does not hide what else is wrong
community: {name: @x}
foo: bar
> error yaml-syntax 1:19-1:20 community.name
> A text cannot begin with @.
> If this is text, put the whole of it in quotes.
> error unknown-key 2:1-2:4 foo
> `foo` is not a key of the roadmap.
> There are `community`, `sections`, `ambitions`, `creation`, `reviews`, `document`, `lint`.

## an empty file is all that is said of one
# nothing here
> error empty-file file
> The file is empty.
> `coproadmap init` writes a roadmap to fill in.

## what stands behind the first document is not looked at
community: {name: X}
---
foo: bar
> error several-documents 2:1-2:4
> A second YAML document begins here; a roadmap is one.
> Delete this line, or move what follows into a file of its own.

## a key that stands twice does not hide what else is wrong
community:
  name: X
  name: Y
  start: soon
> error duplicate-key 3:3-3:7 community.name
> The key `name` stands here again; it is on line 2 already.
> Join the two, or delete one.
> error bad-date 4:10-4:14 community.start
> `soon` is not a month.
> Write year and month with a dash between, such as 2026-09.

## a merge key is not also an unknown key
community: {name: X}
<<: {foo: bar}
> error merge-key 2:1-2:3 <<
> Merge keys (<<) are not part of the format.
> Write the keys out.

## a list as key is not also an unknown key
community: {name: X}
? [a]
: b
> error bad-key 2:3-2:6
> A key must be a word; here it is a list, a mapping or an alias.
> If this is text with brackets, braces or a star, put it in quotes.

## a tagged text is still a text
community: {name: !x Y}
> error tag-not-allowed 1:19-1:23 community.name
> A text that begins with ! is a YAML tag, and tags are not allowed.
> If the ! belongs to the text, put the whole text in quotes.

## an alias without an anchor is not filled in
community: {name: X}
ambitions: {short_term: *x}
> error bad-alias 2:25-2:27 ambitions.short_term
> `*x` refers to an anchor that is not defined above.
> If this is text, put it in quotes.

## a mistake inside of an alias is shown where its anchor is
community: &c {name: X}
ambitions: *c
> error unknown-key 1:16-1:20 ambitions.name
> `name` is not a key of `ambitions`.
> `name` belongs under `community:`.

## a mistake that two aliases repeat is told for each
community: {name: X}
sections:
  vision: &x {foo: 1}
  results: *x
> error unknown-key 3:15-3:18 sections.vision.foo
> `foo` is not a key of a section.
> There are `answer`, `timeline`, `responsible`, `resources`.
> error unknown-key 3:15-3:18 sections.results.foo
> `foo` is not a key of a section.
> There are `answer`, `timeline`, `responsible`, `resources`.

## what is said of the whole file comes first
- a
- &x b
> error wrong-type 1:1-1:1
> A roadmap needs keys such as `community:` here, not a list.
> If these are its keys, delete the dashes before them.
> warning cut-text 2:3-2:5
> YAML takes `&x` for an anchor and drops it.
> If it belongs to the text, put the whole text in quotes.

## the checks wait until the roadmap is sound
community: {name: X, start: 2026-09}
sections: {vision: {timeline: {month_1: {action: A, due: 2027-09-01}}}}
ambitions: {long_term: 7}
> error wrong-type 3:24-3:25 ambitions.long_term
> `long_term` needs text here, not a number.
> Put it in quotes: "7"
"""

ONLY_WARNINGS = """
## a text that YAML cuts
community: {name: X}
ambitions:
  short_term: Task #1
> warning cut-text 3:20-3:22 ambitions.short_term
> YAML takes `#1` for a remark and drops it.
> Put the whole text in quotes; if it is a remark, put a space behind the #.

## a text that YAML takes for an anchor
community: {name: X}
ambitions:
  short_term: &D of it all
> warning cut-text 3:15-3:17
> YAML takes `&D` for an anchor and drops it.
> If it belongs to the text, put the whole text in quotes.

## a date outside its period, before a cut text
community: {name: X, start: 2026-09}
sections: {vision: {responsible: R, timeline: {month_1: {action: A, due: 2026-10-01}}}}
ambitions:
  short_term: Task #1
> warning due-outside-period 2:74-2:84 sections.vision.timeline.month_1.due
> 2026-10-01 is not in `month_1`, which is 2026-09.
> Change the date, or move the action to the period of its date.
> warning cut-text 4:20-4:22 ambitions.short_term
> YAML takes `#1` for a remark and drops it.
> Put the whole text in quotes; if it is a remark, put a space behind the #.
"""


def read(text: str) -> loading.Examined:
    return examine(text.encode(), "r.yaml")


# ── what is wrong ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "said"),
    cases(SEVERAL, BESIDE_THE_SOURCE),
)
def test_a_file_with_errors_is_no_roadmap_and_all_of_them_are_told(
    text: str, said: list[str]
) -> None:
    examined = read(text)
    assert (examined.roadmap, told(examined.diagnostics)) == (None, said)


@pytest.mark.parametrize(("text", "said"), cases(ONLY_WARNINGS))
def test_a_file_with_warnings_is_a_roadmap_all_the_same(text: str, said: list[str]) -> None:
    examined = read(text)
    assert (type(examined.roadmap), told(examined.diagnostics)) == (Roadmap, said)


@pytest.mark.parametrize(
    ("text", "said"),
    cases(SEVERAL, BESIDE_THE_SOURCE, ONLY_WARNINGS),
)
def test_every_finding_names_its_file_and_quotes_its_line(text: str, said: list[str]) -> None:
    lines = text.split("\n")
    found = read(text).diagnostics
    assert [(one.file, one.excerpt) for one in found] == [
        ("r.yaml", lines[one.place.line - 1] if one.place else "") for one in found
    ]
    assert len(found) == len([line for line in said if re.match(r"(error|warning) ", line)])


def test_a_file_in_another_encoding_is_told_at_the_exact_place_with_its_line() -> None:
    examined = examine("community: {name: café}\n".encode("latin-1"), "r.yaml")
    assert told(examined.diagnostics) == [
        "error not-utf8 1:22-1:23",
        "The file is not saved as UTF-8: this character cannot be read.",
        "Save it again with the encoding UTF-8.",
    ]
    assert examined.diagnostics[0].excerpt == "community: {name: caf\ufffd}"


def test_a_file_that_is_too_deep_is_all_that_is_said_of_it() -> None:
    nested = f"community: {{name: X}}\nfoo: {'[' * 30}{']' * 30}\n"
    assert told(read(nested).diagnostics) == [
        f"error too-deep 2:35-2:36 foo{'[0]' * 29}",
        "The file is nested more than 30 levels deep.",
        "A roadmap needs seven levels.",
    ]


def test_a_file_with_too_many_values_is_all_that_is_said_of_it() -> None:
    text = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in pairwise("abcdef")
    )
    assert [found.rule for found in read(text).diagnostics] == ["too-many-nodes"]


@pytest.mark.parametrize(
    ("problems", "shown", "more"), [(199, 199, None), (200, 200, None), (203, 200, "3")]
)
def test_no_more_than_200_problems_are_told_and_the_rest_is_counted(
    problems: int, shown: int, more: str | None
) -> None:
    text = "community: {name: X}\n" + "".join(f"foo{n}: x\n" for n in range(problems))
    found = read(text).diagnostics
    assert [(one.rule, one.path) for one in found[:shown]] == [
        ("unknown-key", f"foo{n}") for n in range(shown)
    ]
    assert found[shown:] == (
        ()
        if more is None
        else (
            Diagnostic(
                "too-many-problems",
                Severity.ERROR,
                f"The file has {more} more problems, which are not shown.",
                "r.yaml",
                hint="Check that this is a roadmap.",
            ),
        )
    )


# ── what is no YAML ──────────────────────────────────────────────────────────────────────────────

# What people who do not know YAML write, and the rule, line and column of all that is said.
MISTAKES = r"""
## colons, signs and percents in texts, all over the file
community:
  name: Bees: a network
  summary: We keep bees
  start: September
sections:
  vision:
    answer: We want: honey
    timeline:
      month_1: Meet: all of us
      month_2:
        - Ask: the members
        - Talk: about: now
        - @all: write
    responsible: @core
    resources: 50%: of it
    foo: bar
ambitions:
  short_term: %x
> yaml-syntax 2:13
> bad-date 4:10
> yaml-syntax 7:20
> yaml-syntax 9:20
> unknown-key 11:11
> yaml-syntax 12:22
> yaml-syntax 13:11
> yaml-syntax 14:18
> yaml-syntax 15:19
> unknown-key 16:5
> yaml-syntax 18:15

## emphasis, as in Markdown
community:
  name: **Bees**
sections:
  vision:
    answer: *Honey* for all
    resources:
      - **Two** hives
      - *One* shed
    foo: bar
> yaml-syntax 2:9
> yaml-syntax 5:13
> yaml-syntax 7:9
> yaml-syntax 8:9
> unknown-key 9:5

## quotes around a part of the text
community:
  name: "Bees" in town
sections:
  vision:
    answer: 'Honey' is our word
    timeline:
      month_1: "Meet" and talk
      month_2:
        - "Ask" the members
        - 'It's on'
    responsible: "Ann", "Bo"
    foo: bar
> yaml-syntax 2:16
> yaml-syntax 5:21
> yaml-syntax 7:23
> yaml-syntax 9:17
> yaml-syntax 10:15
> yaml-syntax 11:23
> unknown-key 12:5

## quotes that are never closed
community:
  name: "Bees
  summary: We keep bees
  start: September
sections:
  vision:
    foo: bar
> yaml-syntax 2:9
> bad-date 4:10
> unknown-key 7:5

## quotes that are never closed, in brackets
community: {name: X}
sections:
  vision:
    resources: ["Two hives, one shed]
    foo: bar
> yaml-syntax 4:17
> unknown-key 5:5

## a bracket and a brace that are never closed
community: {name: X}
sections:
  vision:
    resources: [Two hives, One shed
    timeline:
      month_1: {action: Meet, status: done
      month_2:
        - {action: Eat
        - {acton: Sleep}
    foo: bar
> yaml-syntax 4:16
> yaml-syntax 6:16
> yaml-syntax 8:11
> unknown-key 9:12
> unknown-key 10:5

## texts in braces and brackets
community: {name: X}
sections:
  vision:
    timeline:
      month_1: {action: Meet: all, status: done}
      month_2: {action: Meet status: done}
      month_3: {action: @all}
      month_4: [Meet, @all]
    foo: bar
> yaml-syntax 5:16
> yaml-syntax 6:16
> yaml-syntax 7:25
> yaml-syntax 8:23
> unknown-key 9:5

## a list on the line of its key
community: {name: X}
sections:
  vision:
    resources: - Two hives
               - One shed
    responsible: - Ann
    foo: bar
> yaml-syntax 4:16
> yaml-syntax 6:18
> unknown-key 7:5

## what a broken line would be, were it none
community:
  name: X
  start: @September
  language: en: fr
ambitions: @none
sections:
  vision:
    foo: @bar
    answer: {Honey: @x}
    timeline:
      month_1:
        - action: Meet
          status: @finished
          due: %soon
creation: %x
> yaml-syntax 3:10
> yaml-syntax 4:15
> yaml-syntax 5:12
> yaml-syntax 8:10
> yaml-syntax 9:21
> yaml-syntax 13:19
> yaml-syntax 14:16
> yaml-syntax 15:11

## a name that cannot be read is not said to be missing
community:
  name: @bees
> yaml-syntax 2:9

## a community that cannot be read is not said to be without a name
community: {name: @bees}
foo: bar
> yaml-syntax 1:19
> unknown-key 2:1

## the name itself is missing, whatever else cannot be read
community:
  summary: @bees
> missing-key 1:1
> yaml-syntax 2:12

## a tab
community:
  name: X
sections:
  vsion:
    answer: @x
  results:
	answer: y
	foo: bar
  support:
    foo: bar
> unknown-key 4:3
> yaml-syntax 5:13
> yaml-syntax 7:1

## a key too far to the right
community:
  name: X
   summary: We keep bees
  start: September
> yaml-syntax 3:11

## a key too far to the left
community:
  name: X
 summary: We keep bees
  start: September
> yaml-syntax 3:2

## a section between two levels
community: {name: X}
sections:
  vision:
    foo: bar
   results:
    foo: bar
> unknown-key 4:5
> yaml-syntax 5:4

## an entry of a list too far to the left
community: {name: X}
sections:
  vision:
    foo: bar
    resources:
      - Two hives
     - One shed
    foo: bar
> unknown-key 4:5
> yaml-syntax 7:6

## a text that does not stand below its bar
community: {name: X}
sections:
  vision:
    foo: bar
    answer: |
    We keep bees
    responsible: Ann
> unknown-key 4:5
> yaml-syntax 6:5

## a text on the line of its bar
community: {name: X}
sections:
  vision:
    foo: bar
    answer: | We keep bees
    responsible: Ann
> unknown-key 4:5
> yaml-syntax 5:15

## what stands below a bar is text, whatever it holds
community: {name: X}
sections:
  vision:
    answer: |
      We want: honey: and wax
      @all 'x' "y
    responsible: @core
    foo: bar
> yaml-syntax 7:18
> unknown-key 8:5

## remarks
community:
  name: X # a: b: c
  summary: @bees # who we are
  # @start: x: y
  start: September
> yaml-syntax 3:12
> bad-date 5:10

## the last line
community: {name: X}
ambitions:
  short_term: X
  long_term: We want: honey
> yaml-syntax 4:21

## a key that stands twice with a text that cannot be read
community:
  name: X
  name: @y
  start: @z
> duplicate-key 3:3
> yaml-syntax 4:10

## another document
community: {name: X: Y}
---
foo: bar
> yaml-syntax 1:12
> several-documents 2:1

## emoji, and quotes of typographers
community:
  name: 🐝 Bees: a “network”
  summary: “🐝”: x
  start: @🐝
ambitions: {short_term: 🐝, foo: x}
> yaml-syntax 2:15
> yaml-syntax 3:15
> yaml-syntax 4:10
> unknown-key 5:28
"""

# One mistake is told once, although what it leads to is wrong as well.
ONE_MISTAKE = r"""
## the action of an entry, and its other keys
community: {name: X}
sections:
  vision:
    timeline:
      month_1:
        - action: Meet: all
          status: finished
        - Eat
    foo: bar
> yaml-syntax 6:23
> bad-value 7:19
> unknown-key 9:5

## a section and its answer on one line
community: {name: X}
sections:
  vision: answer: Honey
    responsible: Ann
    resources: Two hives
> yaml-syntax 3:17

## a text in quotes over two lines, with a path of Windows
community: {name: X}
sections:
  vision:
    answer: "See C:\Users
      or: C:\Public"
> yaml-syntax 4:22

## a text over two lines that begins with a sign
community: {name: X}
sections:
  vision:
    answer: @all of you, please do
      this: read it
> yaml-syntax 4:13

## a text with a colon below its key
community: {name: X}
sections:
  vision:
    answer:
      We want: honey: and wax
> yaml-syntax 5:21

## a first key without its colon
community
  name: X
sections: {}
> yaml-syntax 2:7

## the name without its colon
community:
  name X
  summary: Y
> yaml-syntax 3:10

## the name without the space behind its colon
community:
  name:X
  summary: Y
> yaml-syntax 2:7

## a section without its colon
community: {name: X}
sections:
  vision
    answer: Honey
> yaml-syntax 4:11

## a star that begins two texts of the same length
community: {name: X}
sections:
  vision:
    answer: *Note that bees are of the same kind everywhere
    timeline: {month_1: Meet}
  results:
    answer: *Note that wasp are of the same kind everywhere
> bad-alias 4:13
> bad-alias 7:13

## a list in brackets over several lines
community: {name: X}
sections:
  vision:
    resources: [
      Honey: wax: and hives,
      One shed
    ]
    responsible: Ann
> yaml-syntax 4:16
"""

# What the key looks like is no reason to stop there.
KEYS_OF_ALL_KINDS = """
## a reason for silencing
community: {name: X}
lint:
  ignore:
    no-answer: Until March: not yet
    no-plna: @March
    no-plan: 5
> yaml-syntax 4:27
> yaml-syntax 5:14
> wrong-type 6:14

## a key in quotes
community: {name: X}
"sections":
  'vision':
    "answer": @x
    foo: bar
> yaml-syntax 4:15
> unknown-key 5:5

## a space before the colon
community: {name: X}
sections:
  vision :
    answer : @x
    foo: bar
> yaml-syntax 4:14
> unknown-key 5:5
"""


def spots(diagnostics: Iterable[Diagnostic]) -> list[str]:
    return [
        f"{found.rule} {found.place.line}:{found.place.column}" if found.place else found.rule
        for found in diagnostics
    ]


def parse_with(parser: str, patch: pytest.MonkeyPatch) -> None:
    """Use one of the two parsers, which have to agree: libyaml, or PyYAML's own."""
    patch.setattr(composer, "_PARSER", getattr(yaml, parser, None))
    if composer._PARSER is None:
        pytest.skip("PyYAML was built without libyaml")


either_parser = pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])


@either_parser
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["no BOM", "BOM"])
@pytest.mark.parametrize(("text", "said"), cases(MISTAKES))
def test_what_is_no_yaml_is_told_with_what_else_is_wrong(
    text: str, said: list[str], start: str, end: str, parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse_with(parser, monkeypatch)
    examined = read(start + text.replace("\n", end))
    assert (examined.roadmap, spots(examined.diagnostics), examined.gaps) == (None, said, ())


@pytest.mark.parametrize(
    ("text", "said"),
    cases(ONE_MISTAKE),
)
def test_a_mistake_that_causes_others_is_told_once(text: str, said: list[str]) -> None:
    assert spots(read(text).diagnostics) == said


@pytest.mark.parametrize(("text", "said"), cases(KEYS_OF_ALL_KINDS))
def test_a_fault_behind_any_key_does_not_hide_the_rest(text: str, said: list[str]) -> None:
    assert spots(read(text).diagnostics) == said


SOUND = """\
community:
  name: Bees in town
  summary: We keep bees
sections:
  vision:
    answer: We want honey
    timeline:
      month_1: Meet the others
      month_2:
        - Ask all members
        - Talk about it
        - action: Adopt the vision
          status: done
      months_7_to_9: Look at it again
    responsible: Core group
    resources:
      - Two wooden hives
      - One small shed
  results:
    answer: Three good stories
ambitions:
  short_term: We have one hive
  long_term: We have ten hives
creation:
  pilot_and_launch:
    pilot: One hive first
    launch: {}
"""
# What stands behind a key or a dash: the line, and where its text begins and ends.
VALUES = {
    number: match
    for number, line in enumerate(SOUND.splitlines(), 1)
    if (match := re.match(r" *(?:- )?(?:\w+: )?(?=[A-Z])", line))
}


def broken(changes: Mapping[int, Callable[[str], str]]) -> str:
    """Change the values of some lines of a sound file."""
    lines = SOUND.splitlines()
    for number, change in changes.items():
        begin = VALUES[number].end()
        lines[number - 1] = lines[number - 1][:begin] + change(lines[number - 1][begin:])
    return "\n".join(lines) + "\n"


# What makes any text behind a key or a dash no YAML.
FATAL: st.SearchStrategy[Callable[[str], str]] = st.sampled_from(
    [
        lambda text: f"@{text}",
        lambda text: f"%{text}",
        lambda text: f"`{text}`",
        lambda text: f"**{text}**",
        lambda text: f'"{text}" {text}',
        lambda text: f"'{text}'s",
        lambda text: f"a: {text}: b",
        lambda text: f"[{text}: a: b]",
        lambda text: f"🐝 {text}: {text}: b",
    ]
)


@st.composite
def insertions(draw: st.DrawFn) -> Callable[[str], str]:
    sign = draw(st.sampled_from([": ", "@", "%", "`", "[", "{", "*", "&", "!", ", ", "\\", "- "]))
    at = draw(st.integers(0, 30))
    return lambda text: text[:at] + sign + text[at:]


def test_the_sound_file_is_sound() -> None:
    examined = read(SOUND)
    assert (type(examined.roadmap), examined.diagnostics) == (Roadmap, ())
    assert len(VALUES) == 15


@either_parser
@given(changes=st.dictionaries(st.sampled_from(sorted(VALUES)), FATAL, min_size=1))
@settings(max_examples=60, deadline=None)
def test_the_broken_lines_of_a_sound_file_are_told_and_nothing_else(
    parser: str, changes: Mapping[int, Callable[[str], str]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        parse_with(parser, patch)
        found = read(broken(changes)).diagnostics
    assert [(each.rule, each.place.line) for each in found if each.place] == [
        ("yaml-syntax", number) for number in sorted(changes)
    ]


@either_parser
@given(changes=st.dictionaries(st.sampled_from(sorted(VALUES)), insertions(), min_size=1))
@settings(max_examples=100, deadline=None)
def test_a_sign_in_a_line_is_told_of_no_other_line(
    parser: str, changes: Mapping[int, Callable[[str], str]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        parse_with(parser, patch)
        found = read(broken(changes)).diagnostics
    assert {each.place.line for each in found if each.place} <= set(changes)
    assert all(each.place for each in found)


def test_on_the_rest_of_a_broken_file_the_plan_is_not_judged() -> None:
    plan = "sections: {vision: {timeline: {month_1: Meet}}}\nlint: {ignore: {no-plan: A}}\n"
    assert spots(read(f"community: {{name: X}}\n{plan}").diagnostics) == [
        "no-responsible 2:12",
    ]
    assert spots(read(f"community:\n  name: @x\n{plan}").diagnostics) == ["yaml-syntax 2:9"]
    assert spots(read(f"community: {{name: X}}\n{plan}\tx: y").diagnostics) == ["yaml-syntax 4:1"]


# ── what is fine ─────────────────────────────────────────────────────────────────────────────────

FINE = """
## only a name
community: {name: X}

## everything empty
community: {name: X, summary: , start: , language: }
sections:
ambitions:
creation:

## everything blank
community: {name: X, summary: "", start: " ", language: ''}
sections: ""
ambitions: " "
creation: ''

## empty on every level
community: {name: X}
sections:
  vision:
  governance: {answer: , timeline: , responsible: , resources: }
  leadership: {timeline: {month_1: , month_2: "", month_3: [], month_4: ["", ~]}}
  convening: {timeline: {month_1: {action: , status: , responsible: , due: }}}
ambitions: {short_term: , long_term: ""}
creation: {identify_community: , pilot_and_launch: {pilot: , launch: {answer: , done: }}}

## every short form
community: {name: X}
sections:
  vision:
    answer: A
    timeline:
      month_1: A
      month_2: [A, {action: B}]
      month_3: {action: C, status: done, responsible: D, due: 2026-10-15}
      month_4: [{action: D}]
    responsible: A
    resources: [A, B]
creation: {pilot_and_launch: {pilot: A, launch: {answer: B, done: true}}}

## texts that YAML 1.1 would not take for texts
community: {name: no, summary: 12:30}
ambitions: {short_term: on, medium_term: 010, long_term: 2026-09-01}

## aliases
community: {name: X}
sections: {vision: &s {answer: A, responsible: &r [B, C]}, results: *s, support: {resources: *r}}

## remarks with a space
# yaml-language-server: $schema=roadmap.schema.json
community: {name: X} # a remark

## any language that has labels, whatever its region
community: {name: X, language: fr-CA}
"""


@pytest.mark.parametrize(("text", "said"), cases(FINE))
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["no BOM", "BOM"])
def test_a_sound_file_is_a_roadmap_without_findings(
    text: str, said: list[str], end: str, start: str
) -> None:
    examined = read(start + text.replace("\n", end))
    assert (type(examined.roadmap), told(examined.diagnostics)) == (Roadmap, said)


@pytest.mark.parametrize("key", ["responsible", "resources"])
def test_an_empty_entry_of_a_list_means_not_filled_in_yet(key: str) -> None:
    text = f"community: {{name: X}}\nsections:\n  vision:\n    {key}:\n      - A\n      -\n"
    assert told(read(text).diagnostics) == []


def test_a_language_never_keeps_a_line_break() -> None:
    examined = read("community:\n  name: X\n  language: |\n    en\n")
    assert examined.roadmap is None or examined.roadmap.community.language == "en"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_is_a_roadmap_without_findings(example: Path) -> None:
    examined = examine(example.read_bytes(), example.name)
    assert (type(examined.roadmap), told(examined.diagnostics)) == (Roadmap, [])


def test_there_are_examples() -> None:
    assert EXAMPLES


# ── what is not filled in, and what is silenced ──────────────────────────────────────────────────

# All but one section, one ambition and one item of a step.
FILLED = "".join(
    [
        "community: {name: X}\nsections:\n",
        *(
            f"  {key}: {{answer: About {key}, timeline: {{month_1: A, month_6: B}},"
            " responsible: R, resources: S}\n"
            for key in canvas.SECTION_KEYS
            if key != "results"
        ),
        "ambitions: {short_term: A, medium_term: B}\ncreation:\n",
        *(
            f"  {step}: {{{', '.join(f'{item}: {{answer: A, done: true}}' for item in items)}}}\n"
            for step, items in canvas.STEP_ITEMS.items()
            if step != "pilot_and_launch"
        ),
        "  pilot_and_launch: {pilot: A}\n",
    ]
)
GAPS = [
    "info no-answer 2:1-2:9 sections.results.answer",
    "`results` has no answer yet.",
    "info no-plan 2:1-2:9 sections.results.timeline",
    "`results` has no actions yet.",
    "info no-ambition 26:1-26:10 ambitions.long_term",
    "`long_term` is not written yet.",
    "info creation-open 33:3-33:19 creation.pilot_and_launch.launch",
    "`launch` has no answer yet.",
]


def test_what_is_not_filled_in_is_told_beside_what_is_wrong() -> None:
    examined = read(FILLED)
    assert (type(examined.roadmap), told(examined.diagnostics)) == (Roadmap, [])
    assert told(examined.gaps) == GAPS
    lines = FILLED.split("\n")
    assert [(found.file, found.excerpt) for found in examined.gaps] == [
        ("r.yaml", lines[found.place.line - 1]) for found in examined.gaps if found.place
    ]


def test_a_file_with_errors_has_no_gaps() -> None:
    assert read(f"{FILLED}foo: bar\n").gaps == ()


SILENCED = """
## with a reason
community: {name: X}
sections: {vision: {timeline: {month_1: Meet}}}
lint: {ignore: {no-responsible: Assigned in March}}

## without a reason
community: {name: X}
sections: {vision: {timeline: {month_1: Meet}}}
lint: {ignore: {no-responsible: " "}}
> warning no-responsible 2:12-2:18 sections.vision
> `vision` plans one action, and nobody is responsible.
> Write `responsible:` and a role, such as Core group.
> warning ignore-without-reason 3:17-3:31 lint.ignore.no-responsible
> `no-responsible` is not silenced: the reason is missing.
> Write the reason behind the colon, or delete the line.

## what finds nothing
community: {name: X}
lint: {ignore: {no-responsible: Assigned in March}}
> warning unused-ignore 2:17-2:31 lint.ignore.no-responsible
> `no-responsible` is silenced, but finds nothing any more.
> Delete this line.

## what the text itself gives rise to
community: {name: X}
ambitions:
  short_term: Task #1
lint: {ignore: {cut-text: These are remarks}}

## an error that is a matter of opinion
community: {name: X}
creation: {pilot_and_launch: {pilot: {done: true}}}
lint: {ignore: {contradictory-status: Settled by word of mouth}}

## one rule does not silence another
community: {name: X, start: 2026-09}
sections: {vision: {timeline: {month_1: {action: A, due: 2026-10-01}}}}
lint: {ignore: {no-responsible: Assigned in March}}
> warning due-outside-period 2:58-2:68 sections.vision.timeline.month_1.due
> 2026-10-01 is not in `month_1`, which is 2026-09.
> Change the date, or move the action to the period of its date.
"""


@pytest.mark.parametrize(("text", "said"), cases(SILENCED))
def test_a_rule_is_silenced_with_a_reason_only(text: str, said: list[str]) -> None:
    examined = read(text)
    assert (type(examined.roadmap), told(examined.diagnostics)) == (Roadmap, said)


@pytest.mark.parametrize("rule", ["no-answer", "no-plan", "no-ambition", "creation-open"])
def test_what_is_not_filled_in_can_be_silenced_too(rule: str) -> None:
    examined = read(f"{FILLED}lint: {{ignore: {{{rule}: Until March}}}}\n")
    assert examined.diagnostics == ()
    assert [found.rule for found in examined.gaps] == [
        found.rule for found in read(FILLED).gaps if found.rule != rule
    ]


# ── files ────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_read_and_examined_under_its_name(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("foo: 1\ncommunity: {name: X}\n")
    assert examine_file(files.Input("the name", path)) == examine(path.read_bytes(), "the name")


def test_a_file_that_is_not_there_has_that_as_its_only_finding(tmp_path: Path) -> None:
    missing = files.Input("r.yaml", tmp_path / "r.yaml")
    assert examine_file(missing) == loading.Examined(
        None,
        (Diagnostic("cannot-read", Severity.ERROR, "There is no such file.", "r.yaml"),),
    )


# ── too many languages ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("languages", "actions", "rules"),
    [
        pytest.param(60, 0, [], id="as many as there may be"),
        pytest.param(61, 0, ["too-many-nodes"], id="too many"),
        pytest.param(2, 30_000, [], id="two in a file of many values"),
        pytest.param(4, 30_000, ["too-many-nodes"], id="more than a file of many values may have"),
    ],
)
def test_a_file_is_not_read_in_languages_without_end(
    languages: int, actions: int, rules: list[str]
) -> None:
    text = (
        "community:\n  name: Bees\nsections:\n  vision:\n    responsible: Ann\n    answer:\n"
        + "".join(f"      en-X{number}: hello\n" for number in range(1, languages))
        + "      en: hello\n    timeline:\n      month_1:\n"
        + "        - Meet\n" * actions
    )
    found = {each.rule for each in read(text).diagnostics}
    assert found - {"stale-translation", "too-many-problems"} == set(rules)
