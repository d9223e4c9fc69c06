"""Everything that the tool may say about a file: its rules, with names that stay.

A rule's name stands in reports, in ``--select`` and ``--ignore``, and in a file's ``lint.ignore``.
Its examples are whole files: a test shows that the wrong one is found and the right one is not.
Rules without examples are about files that text cannot show, such as a missing one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import dedent
from types import MappingProxyType

from cop_roadmap.diagnostics import Diagnostic, Place, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what is wrong in one line, why it matters, and how it looks wrong and right."""

    name: str
    severity: Severity
    summary: str
    explanation: str
    wrong: str = ""
    right: str = ""


def _rule(
    severity: Severity, name: str, summary: str, explanation: str, wrong: str = "", right: str = ""
) -> Rule:
    return Rule(name, severity, summary, explanation, dedent(wrong).strip(), dedent(right).strip())


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

_FILES = (
    _rule(
        _E,
        "cannot-read",
        "The file cannot be read.",
        "It is not there, may not be read, or the machine fails to read it. The other files of the "
        "run are checked all the same.",
    ),
    _rule(
        _E,
        "no-roadmap",
        "The directory holds no roadmap.",
        "In a directory, a YAML file counts as a roadmap if its name says so, or if one of its "
        "lines begins with `community:`, `sections:`, `ambitions:` or `creation:`, or names the "
        "schema of roadmaps.",
    ),
    _rule(
        _E,
        "too-large",
        "The file is larger than a roadmap can be.",
        "A roadmap of a thousand pages fits into the limit of 1,000,000 bytes.",
    ),
    _rule(
        _E,
        "not-utf8",
        "The file is not saved as UTF-8.",
        "Editors offer the encoding when they save a file. UTF-8 holds the letters of every "
        "language; other encodings show different letters on different machines.",
    ),
    _rule(
        _E,
        "not-text",
        "The file is not text, or holds a control character.",
        "Control characters are invisible, and some can take over a terminal.",
    ),
    _rule(
        _E,
        "empty-file",
        "The file is empty.",
        "`coproadmap init` writes a roadmap to fill in.",
        "# nothing but a remark",
        "community:\n  name: Data stewards",
    ),
    _rule(
        _E,
        "too-many-problems",
        "The file has more problems than are shown.",
        "The first 200 are shown. A file with more is hardly a roadmap.",
    ),
)

_YAML = (
    _rule(
        _E,
        "yaml-syntax",
        "The text is not YAML.",
        "Most often a text needs quotes: one with a colon and a space in it, or one that begins "
        "with a sign such as @, %, [ or {. Else look at the spaces at the beginning of the line: "
        "keys of one level begin in the same column.",
        """
        community:
          name: Data: stewards
        """,
        """
        community:
          name: "Data: stewards"
        """,
    ),
    _rule(
        _E,
        "duplicate-key",
        "A key stands twice in the same place.",
        "YAML would silently keep one of the two.",
        """
        community:
          name: Data stewards
          name: Open data stewards
        """,
        """
        community:
          name: Open data stewards
        """,
    ),
    _rule(
        _E,
        "merge-key",
        "Merge keys (<<) are not part of the format.",
        "Editors and tools disagree about them. Write the keys out.",
        """
        community:
          name: Data stewards
        sections:
          vision: &same {responsible: Core group}
          results: {<<: *same, answer: Stories}
        """,
        """
        community:
          name: Data stewards
        sections:
          vision: {responsible: Core group}
          results: {responsible: Core group, answer: Stories}
        """,
    ),
    _rule(
        _E,
        "bad-key",
        "A key must be a word.",
        "A list, a mapping or an alias stands where a key belongs: brackets, braces or a star at "
        "the beginning of a text need quotes.",
        """
        community:
          name: Data stewards
        ? [sections]
        : {}
        """,
        """
        community:
          name: Data stewards
        sections: {}
        """,
    ),
    _rule(
        _E,
        "bad-alias",
        "A star refers to nothing, or to what contains it.",
        "A text that begins with a star is an alias in YAML. Quotes make it text; below a `|` it "
        "needs none.",
        """
        community:
          name: *important
        """,
        """
        community:
          name: "*important"
        """,
    ),
    _rule(
        _E,
        "tag-not-allowed",
        "A text that begins with an exclamation mark is a tag.",
        "Tags make programs build things out of text, and a roadmap needs none. Put the text in "
        "quotes.",
        """
        community:
          name: !important Data stewards
        """,
        """
        community:
          name: "!important Data stewards"
        """,
    ),
    _rule(
        _E,
        "several-documents",
        "The file holds several YAML documents.",
        "A line of three dashes begins a new document. A roadmap is one.",
        """
        community:
          name: Data stewards
        ---
        community:
          name: Pain nurses
        """,
        """
        community:
          name: Data stewards
        """,
    ),
    _rule(
        _E,
        "too-deep",
        "The file is nested too deeply.",
        "A roadmap needs seven levels; thirty are allowed.",
        "community: " + "[" * 31 + "]" * 31,
        "community: {name: Data stewards}",
    ),
    _rule(
        _E,
        "too-many-nodes",
        "The file holds too many values.",
        "A complete roadmap holds about 1,500; 50,000 are allowed. Aliases count for all that they "
        "stand for, and a long text that an alias repeats counts for one each 100 characters. A "
        "file with texts in several languages may hold 100,000 in all languages together, and 60 "
        "languages.",
    ),
    _rule(
        _E,
        "bad-character",
        "A code in double quotes stands for a character that cannot be written.",
        "In double quotes a backslash begins a code: \\a is a bell. Use single quotes, or write "
        "the character itself.",
        r"""
        community:
          name: Data stewards
          summary: "Our files are in S:\archive"
        """,
        """
        community:
          name: Data stewards
          summary: 'Our files are in S:\\archive'
        """,
    ),
    _rule(
        _W,
        "cut-text",
        "YAML drops a part of the text.",
        "A # behind a space begins a remark, and an & at the beginning of a text names an anchor. "
        "Both vanish from the text without a word. Quotes keep them.",
        """
        community:
          name: Coders of C and #1
        """,
        """
        community:
          name: "Coders of C and #1"
        """,
    ),
)

_FORMAT = (
    _rule(
        _E,
        "unknown-key",
        "The format has no such key in this place.",
        "Keys are never guessed or dropped: what you wrote would be missing from the documents.",
        """
        community:
          name: Data stewards
        sections:
          vision:
            anwser: Reusable data
        """,
        """
        community:
          name: Data stewards
        sections:
          vision:
            answer: Reusable data
        """,
    ),
    _rule(
        _E,
        "missing-key",
        "Something that is required is missing.",
        "Only the community's name is required; where an action is written with keys, what will be "
        "done; and of a review, its day.",
        """
        community:
          summary: Who we are
        """,
        """
        community:
          name: Data stewards
          summary: Who we are
        """,
    ),
    _rule(
        _E,
        "wrong-type",
        "A list, a number or keys stand where text belongs, or the other way round.",
        "YAML takes 2026 for a number and [draft] for a list. Quotes make text of both.",
        """
        community:
          name: 2026
        """,
        """
        community:
          name: "2026"
        """,
    ),
    _rule(
        _E,
        "bad-value",
        "The key takes other values.",
        "For instance, the status of an action is planned, in_progress, done or dropped.",
        """
        community:
          name: Data stewards
        sections:
          vision:
            timeline:
              month_1: {action: Draft the vision, status: finished}
            responsible: Core group
        """,
        """
        community:
          name: Data stewards
        sections:
          vision:
            timeline:
              month_1: {action: Draft the vision, status: done}
            responsible: Core group
        """,
    ),
    _rule(
        _E,
        "bad-date",
        "There is no such day or month.",
        "A day is written 2026-10-15, a month 2026-10, in the years from 1900 to 2199.",
        """
        community:
          name: Data stewards
          start: September 2026
        """,
        """
        community:
          name: Data stewards
          start: 2026-09
        """,
    ),
    _rule(
        _E,
        "bad-rating",
        "A rating is not on the scale.",
        "A review rates a section with a whole number, from 1 (nothing there yet) through 3 (works "
        "in part) to 5 (others learn from it). What was not rated is left out.",
        """
        community:
          name: Data stewards
        reviews:
          - date: 2027-01-10
            ratings: {vision: 4.5}
        """,
        """
        community:
          name: Data stewards
        reviews:
          - date: 2027-01-10
            ratings: {vision: 4}
        """,
    ),
    _rule(
        _E,
        "duplicate-review",
        "Two reviews are of one day.",
        "A review is compared with the one before it, and of two on one day neither is the one "
        "before. Often a review was copied, and its date was not changed.",
        """
        community:
          name: Data stewards
        reviews:
          - date: 2027-01-10
            ratings: {vision: 3}
          - date: 2027-01-10
            ratings: {vision: 4}
        """,
        """
        community:
          name: Data stewards
        reviews:
          - date: 2027-01-10
            ratings: {vision: 3}
          - date: 2027-04-11
            ratings: {vision: 4}
        """,
    ),
)

_PLAN = (
    _rule(
        _E,
        "contradictory-status",
        "A status contradicts what stands beside it.",
        "What is done or dropped must say what it was, and cannot be both.",
        """
        community:
          name: Data stewards
        creation:
          identify_community:
            audience: {done: true}
        """,
        """
        community:
          name: Data stewards
        creation:
          identify_community:
            audience: {answer: The stewards of twelve agencies, done: true}
        """,
    ),
    _rule(
        _E,
        "due-outside-year",
        "A due date lies outside the twelve months of the roadmap.",
        "The roadmap covers twelve months from `community.start`. Often the year is mistyped.",
        """
        community:
          name: Data stewards
          start: 2026-09
        sections:
          vision:
            timeline:
              month_5: {action: Adopt the vision, due: 2026-01-15}
            responsible: Core group
        """,
        """
        community:
          name: Data stewards
          start: 2026-09
        sections:
          vision:
            timeline:
              month_5: {action: Adopt the vision, due: 2027-01-15}
            responsible: Core group
        """,
    ),
    _rule(
        _W,
        "due-outside-period",
        "A due date lies outside the period of its action.",
        "The documents show the action in one month and its date in another.",
        """
        community:
          name: Data stewards
          start: 2026-09
        sections:
          vision:
            timeline:
              month_1: {action: Adopt the vision, due: 2026-10-15}
            responsible: Core group
        """,
        """
        community:
          name: Data stewards
          start: 2026-09
        sections:
          vision:
            timeline:
              month_2: {action: Adopt the vision, due: 2026-10-15}
            responsible: Core group
        """,
    ),
    _rule(
        _W,
        "no-responsible",
        "Actions are planned, but nobody is responsible.",
        "What is everybody's task is nobody's. Name a role for the section, or for the action.",
        """
        community:
          name: Data stewards
        sections:
          vision:
            timeline:
              month_1: Draft the vision
        """,
        """
        community:
          name: Data stewards
        sections:
          vision:
            timeline:
              month_1: Draft the vision
            responsible: Core group
        """,
    ),
    _rule(
        _W,
        "ambition-without-actions",
        "An ambition has no action in its months.",
        "The sponsor reads what the community wants to reach, and nothing is planned for it.",
        """
        community:
          name: Data stewards
        sections:
          vision:
            timeline:
              month_1: Draft the vision
            responsible: Core group
        ambitions:
          medium_term: Half of the datasets can be reused
        """,
        """
        community:
          name: Data stewards
        sections:
          vision:
            timeline:
              month_1: Draft the vision
              month_5: Test the vision on ten datasets
            responsible: Core group
        ambitions:
          medium_term: Half of the datasets can be reused
        """,
    ),
    _rule(
        _W,
        "actions-without-ambition",
        "Months are full of actions, but their ambition is missing.",
        "A third of the sections or more have plans for these months: say where they lead.",
        """
        community:
          name: Data stewards
        sections:
          vision: {timeline: {month_1: Draft it}, responsible: Core}
          community_purpose: {timeline: {month_1: Write it}, responsible: Core}
          objectives: {timeline: {month_1: Set four}, responsible: Core}
          governance: {timeline: {month_1: Draft a charter}, responsible: Core}
          stakeholder_mapping: {timeline: {month_2: Draw it}, responsible: Core}
          leadership: {timeline: {month_2: Brief directors}, responsible: Sponsor}
          convening: {timeline: {month_3: Hold the kick-off}, responsible: Core}
          measurement: {timeline: {month_3: Count the baseline}, responsible: Core}
        """,
        """
        community:
          name: Data stewards
        sections:
          vision: {timeline: {month_1: Draft it}, responsible: Core}
          community_purpose: {timeline: {month_1: Write it}, responsible: Core}
          objectives: {timeline: {month_1: Set four}, responsible: Core}
          governance: {timeline: {month_1: Draft a charter}, responsible: Core}
          stakeholder_mapping: {timeline: {month_2: Draw it}, responsible: Core}
          leadership: {timeline: {month_2: Brief directors}, responsible: Sponsor}
          convening: {timeline: {month_3: Hold the kick-off}, responsible: Core}
          measurement: {timeline: {month_3: Count the baseline}, responsible: Core}
        ambitions:
          short_term: Twelve agencies share one vision and know where they start
        """,
    ),
    _rule(
        _W,
        "stops-early",
        "A section's actions stop before anything can be measured.",
        "Several actions are planned, and the last is in the first three months. Plan a look at "
        "what came of them, or mark them as done or dropped.",
        """
        community:
          name: Data stewards
        sections:
          support:
            timeline:
              month_1: Open a help desk
              month_2: Write ten answers
            responsible: Community manager
          results:
            timeline:
              months_7_to_9: Tell three stories
            responsible: Core group
        """,
        """
        community:
          name: Data stewards
        sections:
          support:
            timeline:
              month_1: Open a help desk
              month_2: Write ten answers
              month_6: Ask who was helped
            responsible: Community manager
          results:
            timeline:
              months_7_to_9: Tell three stories
            responsible: Core group
        """,
    ),
    _rule(
        _W,
        "action-without-text",
        "An action says by whom or when, but not what.",
        "The documents show a gap in its place.",
        """
        community:
          name: Data stewards
        sections:
          vision:
            timeline:
              month_1: {action: "", responsible: Sponsor}
        """,
        """
        community:
          name: Data stewards
        sections:
          vision:
            timeline:
              month_1: {action: Sign the mandate, responsible: Sponsor}
        """,
    ),
    _rule(
        _W,
        "repeated-text",
        "The same text stands in several places.",
        "It was pasted and meant to be changed, or one of the two says nothing new.",
        """
        community:
          name: Data stewards
        sections:
          vision:
            answer: Every dataset can be reused on the day that it appears.
          results:
            answer: Every dataset can be reused on the day that it appears.
        """,
        """
        community:
          name: Data stewards
        sections:
          vision:
            answer: Every dataset can be reused on the day that it appears.
          results:
            answer: We count the datasets that are reused, and tell three stories.
        """,
    ),
    _rule(
        _W,
        "question-as-answer",
        "A question of the canvas stands as the answer.",
        "The question was copied from the remark and not answered yet. Leave the text empty until "
        "then: empty counts as not filled in.",
        """
        community:
          name: Data stewards
        sections:
          core_group:
            answer: How will you get the core group to steer the community?
        """,
        """
        community:
          name: Data stewards
        sections:
          core_group:
            answer: Six people meet every second Thursday.
        """,
    ),
    _rule(
        _W,
        "missing-glyph",
        "A text holds a character that no font of the PDF has.",
        "The PDF looks the same everywhere, because it brings its fonts along: they have Latin, "
        "Greek and Cyrillic letters, and neither emoji nor other scripts. The PDF prints such a "
        "sign by its name and such a letter by its number; the page and the Markdown have it as it "
        "is. Where another character says the same, such as 1 for ①, it is printed without a word.",
        """
        community:
          name: Data stewards 🎉
        """,
        """
        community:
          name: Data stewards
        """,
    ),
)

_REVIEWS = (
    _rule(
        _W,
        "empty-review",
        "A review rates nothing.",
        "Whoever looks for what the community thought of itself that day finds a date. Rate a few "
        "sections, those that were talked about; all 24 are not needed.",
        """
        community:
          name: Data stewards
        reviews:
          - date: 2027-01-10
            by: Core group
        """,
        """
        community:
          name: Data stewards
        reviews:
          - date: 2027-01-10
            by: Core group
            ratings: {vision: 4, core_group: 2}
        """,
    ),
    _rule(
        _W,
        "review-outside-year",
        "A review is dated long after the roadmap's year.",
        "The year may be reviewed when it is over, up to three months later; what comes then "
        "belongs to the next year's roadmap. Often the year is mistyped. Reviews of earlier years "
        "may stay.",
        """
        community:
          name: Data stewards
          start: 2026-09
        reviews:
          - date: 2072-01-10
            ratings: {vision: 4}
        """,
        """
        community:
          name: Data stewards
          start: 2026-09
        reviews:
          - date: 2027-01-10
            ratings: {vision: 4}
        """,
    ),
)

_GAPS = (
    _rule(
        _I,
        "no-answer",
        "A section has no answer yet.",
        "An empty section is no mistake: the report counts what is filled in.",
        """
        community:
          name: Data stewards
        sections:
          vision:
            responsible: Core group
        """,
        """
        community:
          name: Data stewards
        sections:
          vision:
            answer: Every dataset can be reused.
        """,
    ),
    _rule(
        _I,
        "no-plan",
        "A section has no actions yet.",
        "Its row of the timeline is empty.",
        """
        community:
          name: Data stewards
        sections:
          vision:
            answer: Every dataset can be reused.
        """,
        """
        community:
          name: Data stewards
        sections:
          vision:
            timeline: {month_1: Draft the vision}
            responsible: Core group
        """,
    ),
    _rule(
        _I,
        "no-resources",
        "Actions are planned, but no resources are named.",
        "Time, money, rooms, tools: what the sponsor has to give.",
        """
        community:
          name: Data stewards
        sections:
          vision:
            timeline: {month_1: Draft the vision}
            responsible: Core group
        """,
        """
        community:
          name: Data stewards
        sections:
          vision:
            timeline: {month_1: Draft the vision}
            responsible: Core group
            resources: Two workshops
        """,
    ),
    _rule(
        _I,
        "no-ambition",
        "An ambition is not written yet.",
        "The three ambitions are the first thing that a sponsor reads.",
        """
        community:
          name: Data stewards
        """,
        """
        community:
          name: Data stewards
        sections:
          vision:
            timeline: {month_1: Draft it, month_4: Test it, months_7_to_9: Use it}
            responsible: Core group
        ambitions:
          short_term: The vision is adopted
          medium_term: The vision is tested
          long_term: The vision is used
        """,
    ),
    _rule(
        _I,
        "creation-open",
        "An item of a creation step has no answer yet.",
        "The six steps ask what a community settles once, when it starts.",
        """
        community:
          name: Data stewards
        creation:
          pilot_and_launch:
            pilot: Two agencies in October
            launch:
        """,
        """
        community:
          name: Data stewards
        creation:
          pilot_and_launch:
            pilot: Two agencies in October
            launch: {answer: At the kick-off, done: true}
        """,
    ),
)

_LANGUAGES = (
    _rule(
        _E,
        "unknown-language",
        "There are no words in this language yet.",
        "Headings and labels would come out in another language than the texts. A file of words of "
        "your own (`--words`) adds a language.",
        """
        community:
          name: Data stewards
          language: tlh
        """,
        """
        community:
          name: Data stewards
          language: fr
        """,
    ),
    _rule(
        _W,
        "stale-translation",
        "A text is missing in a language, or was changed in another since.",
        "Readers of one language would read something else, or a foreign text. Names may stay as "
        "they are; all other texts need each language of the file. `coproadmap translated` notes "
        "that all texts say the same now.",
        """
        community:
          name: Data stewards
          summary: {en: Data for all, fr: Des données pour tous}
        ambitions:
          short_term: {en: The core group works}
        """,
        """
        community:
          name: Data stewards
          summary: {en: Data for all, fr: Des données pour tous}
        ambitions:
          short_term: {en: The core group works, fr: Le groupe moteur travaille}
        """,
    ),
)

_CHECKING = (
    _rule(
        _E,
        "incomplete",
        "Less is filled in than was asked for.",
        "`--min-complete` sets how many percent of a roadmap must be filled in. A section counts "
        "four parts (answer, actions, responsible, resources); an ambition counts one, and so "
        "does an item of the creation steps.",
    ),
    _rule(
        _W,
        "unused-ignore",
        "A rule is silenced that finds nothing.",
        "What was wrong is mended. Delete the line under `lint: ignore:`, so that the rule can "
        "speak when it happens again.",
        """
        community:
          name: Data stewards
        lint:
          ignore:
            no-responsible: Assigned in March
        """,
        """
        community:
          name: Data stewards
        sections:
          vision:
            timeline:
              month_1: Draft the vision
        lint:
          ignore:
            no-responsible: Assigned in March
        """,
    ),
    _rule(
        _W,
        "ignore-without-reason",
        "A rule is to be silenced, but nobody says why.",
        "The reason tells the next reader that it was a decision. Without one, the rule goes on "
        "reporting.",
        """
        community:
          name: Data stewards
        lint:
          ignore:
            no-ambition:
        """,
        """
        community:
          name: Data stewards
        lint:
          ignore:
            no-ambition: We write them at the kick-off in March
        """,
    ),
)

_LOOK = (
    _rule(
        _E,
        "low-contrast",
        "A colour of text cannot be read on the paper.",
        "Text needs a contrast of 4.5 to 1 with its ground (WCAG 2.2, level AA); public bodies may "
        "not publish less. `ink` and `accent` are colours of text, `paper` is the ground.",
        """
        community:
          name: Data stewards
        document:
          colours:
            accent: "#7fb3bd"
        """,
        """
        community:
          name: Data stewards
        document:
          colours:
            accent: "#0a5a66"
        """,
    ),
    _rule(
        _E,
        "file-outside",
        "A logo or a font lies outside the directory of the file that names it.",
        "A roadmap may come from anybody, and what it names ends up in documents. So only files "
        "beside it or further below are read, whatever links there are.",
    ),
    _rule(
        _E,
        "unusable-file",
        "A logo or a font cannot be used.",
        "The file is not there, too large, damaged, or not of the right kind: a logo is a PNG, a "
        "JPEG or an SVG of at most 1 MB, a font is a TTF or an OTF of at most 5 MB. An SVG may "
        "neither run nor load anything. `coproadmap render` looks into the files, `coproadmap "
        "validate` does not.",
    ),
)

_TEMPLATES = (
    _rule(
        _E,
        "template-error",
        "A template of yours cannot be filled.",
        "It asks for a name that does not exist, or breaks in another way. Compare it with the "
        "built-in template of the same name.",
    ),
    _rule(
        _E,
        "fetch-refused",
        "A template of yours asks for something to be loaded.",
        "Nothing is loaded while documents are made, from the network or from files. Put pictures "
        "into the template itself, as a `data:` address.",
    ),
)

_CALENDAR = (
    _rule(
        _E,
        "no-days",
        "There is nothing to put into a calendar.",
        "A calendar is made of days: those on which actions are due, and those of the periods, "
        "which are known where `start:` says in which month the year begins.",
    ),
)

GROUPS: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "The file": _FILES,
        "YAML": _YAML,
        "The format": _FORMAT,
        "The plan": _PLAN,
        "The reviews": _REVIEWS,
        "What is not filled in yet": _GAPS,
        "Languages": _LANGUAGES,
        "The check itself": _CHECKING,
        "The look": _LOOK,
        "Templates": _TEMPLATES,
        "The calendar": _CALENDAR,
    }
)

RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.name: rule for group in GROUPS.values() for rule in group}
)

# What is a matter of opinion: without the others, there would be no roadmap.
OPTIONAL = (
    "cut-text",
    *(rule.name for group in (_PLAN, _REVIEWS, _GAPS) for rule in group),
    "stale-translation",
)


def unknown(name: str) -> str:
    """Say that there is no rule of a name, and which was probably meant."""
    # Imported late: only a mistake needs it.
    from difflib import get_close_matches

    closest = get_close_matches(name, RULES, 1)
    way_out = f"Did you mean {closest[0]!r}?" if closest else "`coproadmap rules` lists them."
    return f"There is no rule called {name!r}. {way_out}"


def diagnose(
    rule: str,
    message: str,
    file: str,
    place: Place | None = None,
    path: str = "",
    hint: str | None = None,
) -> Diagnostic:
    """Make a diagnostic with the severity of its rule."""
    return Diagnostic(rule, RULES[rule].severity, message, file, place, path, hint)
