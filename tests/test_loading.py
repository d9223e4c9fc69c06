"""From a file to a roadmap, or to everything that is wrong with it in plain words.

Each case is a small file, then what is said about it: severity, rule, place and path on one line,
the message, and the hint if there is one.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from cop_roadmap import canvas, files, loading
from cop_roadmap.diagnostics import Diagnostic, Severity
from cop_roadmap.loading import examine, examine_file
from cop_roadmap.roadmap import Roadmap

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.yaml"))

UNKNOWN_KEYS = """
## misspelt, at the left margin
communty: {name: X}
sectons: {}
> error unknown-key 1:1-1:9 communty
> `communty` is not a key of the roadmap.
> Did you mean `community`?
> error unknown-key 2:1-2:8 sectons
> `sectons` is not a key of the roadmap.
> Did you mean `sections`?

## in capitals
community: {name: X}
Sections:
  vision:
> error unknown-key 2:1-2:9 Sections
> `Sections` is not a key of the roadmap.
> Did you mean `sections`?

## in the title's words
community: {name: X}
sections:
  Community purpose:
  Risk-free environment:
> error unknown-key 3:3-3:20 sections.Community purpose
> `Community purpose` is not a key of `sections`.
> Did you mean `community_purpose`?
> error unknown-key 4:3-4:24 sections.Risk-free environment
> `Risk-free environment` is not a key of `sections`.
> Did you mean `risk_free_environment`?

## misspelt, of a section
community: {name: X}
sections: {vision: {responsable: Sponsor}}
> error unknown-key 2:21-2:32 sections.vision.responsable
> `responsable` is not a key of a section.
> Did you mean `responsible`?

## misspelt, of a timeline
community: {name: X}
sections: {vision: {timeline: {months_1: A, month_10_to_12: B}}}
> error unknown-key 2:32-2:40 sections.vision.timeline.months_1
> `months_1` is not a key of a timeline.
> Did you mean `month_1`?
> error unknown-key 2:45-2:59 sections.vision.timeline.month_10_to_12
> `month_10_to_12` is not a key of a timeline.
> Did you mean `months_10_to_12`?

## misspelt, of an ambition
community: {name: X}
ambitions:
  short: A
> error unknown-key 3:3-3:8 ambitions.short
> `short` is not a key of `ambitions`.
> Did you mean `short_term`?

## misspelt, of a step
community: {name: X}
creation: {identify_comunity: {audience: A}}
> error unknown-key 2:12-2:29 creation.identify_comunity
> `identify_comunity` is not a key of `creation`.
> Did you mean `identify_community`?

## misspelt, of an item
community: {name: X}
creation: {share_results: {survey: A}}
> error unknown-key 2:28-2:34 creation.share_results.survey
> `survey` is not a key of `share_results`.
> Did you mean `surveys`?

## misspelt, of an action in a list
community: {name: X}
sections: {vision: {timeline: {month_1: [A, {action: B, respnsible: C}]}}}
> error unknown-key 2:57-2:67 sections.vision.timeline.month_1[1].respnsible
> `respnsible` is not a key of an action.
> Did you mean `responsible`?

## misplaced: a section at the left margin
community: {name: X}
vision: {answer: A}
> error unknown-key 2:1-2:7 vision
> `vision` is not a key of the roadmap.
> `vision` belongs under `sections:`.

## misplaced: a part of the community
name: X
> error unknown-key 1:1-1:5 name
> `name` is not a key of the roadmap.
> `name` belongs under `community:`.

## misplaced: a month in a section
community: {name: X}
sections: {vision: {month_1: A}}
> error unknown-key 2:21-2:28 sections.vision.month_1
> `month_1` is not a key of a section.
> `month_1` belongs under a section's `timeline:`.

## misplaced: a month in an action
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, month_2: B}}}}
> error unknown-key 2:53-2:60 sections.vision.timeline.month_1.month_2
> `month_2` is not a key of an action.
> `month_2` belongs under a section's `timeline:`.

## misplaced: who is responsible, of no section
community: {name: X, responsible: A}
> error unknown-key 1:22-1:33 community.responsible
> `responsible` is not a key of `community`.
> `responsible` belongs inside a section.

## misplaced: resources of an action
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, resources: B}}}}
> error unknown-key 2:53-2:62 sections.vision.timeline.month_1.resources
> `resources` is not a key of an action.
> `resources` belongs inside a section.

## misplaced: a part of an action in a timeline
community: {name: X}
sections: {vision: {timeline: {due: 2026-09-01}}}
> error unknown-key 2:32-2:35 sections.vision.timeline.due
> `due` is not a key of a timeline.
> `due` belongs inside an action.

## misplaced: an ambition in a section
community: {name: X}
sections: {vision: {long_term: A}}
> error unknown-key 2:21-2:30 sections.vision.long_term
> `long_term` is not a key of a section.
> `long_term` belongs under `ambitions:`.

## misplaced: an item without its step
community: {name: X}
creation: {audience: A}
> error unknown-key 2:12-2:20 creation.audience
> `audience` is not a key of `creation`.
> `audience` belongs under `identify_community:` in `creation:`.

## misplaced: an item in another step
community: {name: X}
creation: {identify_community: {pilot: A}}
> error unknown-key 2:33-2:38 creation.identify_community.pilot
> `pilot` is not a key of `identify_community`.
> `pilot` belongs under `pilot_and_launch:` in `creation:`.

## misplaced: a step at the left margin
community: {name: X}
pilot_and_launch: {pilot: A}
> error unknown-key 2:1-2:17 pilot_and_launch
> `pilot_and_launch` is not a key of the roadmap.
> `pilot_and_launch` belongs under `creation:`.

## unheard of, at the left margin
community: {name: X}
foo: 1
> error unknown-key 2:1-2:4 foo
> `foo` is not a key of the roadmap.
> There are `community`, `sections`, `ambitions`, `creation`.

## unheard of, in the community
community: {name: X, foo: 1}
> error unknown-key 1:22-1:25 community.foo
> `foo` is not a key of `community`.
> There are `name`, `summary`, `start`, `language`.

## unheard of, in a section
community: {name: X}
sections: {vision: {foo: 1}}
> error unknown-key 2:21-2:24 sections.vision.foo
> `foo` is not a key of a section.
> There are `answer`, `timeline`, `responsible`, `resources`.

## unheard of, in the ambitions
community: {name: X}
ambitions: {foo: 1}
> error unknown-key 2:13-2:16 ambitions.foo
> `foo` is not a key of `ambitions`.
> There are `short_term`, `medium_term`, `long_term`.

## unheard of, in a step
community: {name: X}
creation: {pilot_and_launch: {foo: 1}}
> error unknown-key 2:31-2:34 creation.pilot_and_launch.foo
> `foo` is not a key of `pilot_and_launch`.
> There are `pilot`, `launch`.

## unheard of, in an item
community: {name: X}
creation: {pilot_and_launch: {pilot: {foo: 1}}}
> error unknown-key 2:39-2:42 creation.pilot_and_launch.pilot.foo
> `foo` is not a key of an item.
> There are `answer`, `done`.

## a text with a colon taken for an action
community: {name: X}
sections:
  vision:
    timeline:
      month_1:
        Draft: the vision
> error unknown-key 6:9-6:14 sections.vision.timeline.month_1.Draft
> `Draft` is not a key of an action.
> If this is text with a colon, put the whole text in quotes.

## a number as key
community: {name: X}
1: x
> error unknown-key 2:1-2:2 1
> `1` is not a key of the roadmap.
> There are `community`, `sections`, `ambitions`, `creation`.
"""

MISSING_KEYS = """
## no community
sections: {}
> error missing-key 1:1-1:1
> The community has no name.
> Write `name:` and the name under `community:`.

## nothing but an empty mapping
{}
> error missing-key 1:1-1:1
> The community has no name.
> Write `name:` and the name under `community:`.

## an empty community
community:
> error missing-key 1:1-1:10 community
> The community has no name.
> Write `name:` and the name under `community:`.

## a community without a name
community: {summary: A}
> error missing-key 1:1-1:10 community
> The community has no name.
> Write `name:` and the name under `community:`.

## an empty name
community:
  name:
> error missing-key 2:3-2:7 community.name
> The community has no name.
> Write `name:` and the name under `community:`.

## an action that is not told
community: {name: X}
sections: {vision: {timeline: {month_1: {status: done}}}}
> error missing-key 2:32-2:39 sections.vision.timeline.month_1
> This action does not say what will be done.
> Write `action:` and what will be done.

## an action that is not told, in a list
community: {name: X}
sections:
  vision:
    timeline:
      month_1:
        - A
        - due: 2026-09-01
          status: done
> error missing-key 7:11-7:26 sections.vision.timeline.month_1[1]
> This action does not say what will be done.
> Write `action:` and what will be done.

## an action without any key
community: {name: X}
sections: {vision: {timeline: {month_1: {}}}}
> error missing-key 2:32-2:39 sections.vision.timeline.month_1
> This action does not say what will be done.
> Write `action:` and what will be done.
"""

WRONG_TYPES = """
## a list as roadmap
- community: {name: X}
> error wrong-type 1:1-1:1
> A roadmap needs keys such as `community:` here, not a list.

## a text as roadmap
Open data stewards
> error wrong-type 1:1-1:1
> A roadmap needs keys such as `community:` here, not text.

## a truth as roadmap
true
> error wrong-type 1:1-1:1
> A roadmap needs keys such as `community:` here, not true or false.

## a text as community
community: Stewards
> error wrong-type 1:12-1:20 community
> `community` needs keys such as `name:` here, not text.

## a list as community
community:
  - name: X
> error wrong-type 1:1-1:10 community
> `community` needs keys such as `name:` here, not a list.

## a number as community
community: 5
> error wrong-type 1:12-1:13 community
> `community` needs keys such as `name:` here, not a number.

## a number as name
community: {name: 5}
> error wrong-type 1:19-1:20 community.name
> `name` needs text here, not a number.
> Put it in quotes: "5"

## a list as name
community: {name: [X]}
> error wrong-type 1:19-1:22 community.name
> `name` needs text here, not a list.
> If this is text with a colon, brackets or a dash, put it in quotes.

## keys as name
community: {name: {Nurses: the network}}
> error wrong-type 1:19-1:40 community.name
> `name` needs text here, not keys with values.
> If this is text with a colon, brackets or a dash, put it in quotes.

## a text as sections
community: {name: X}
sections: Vision
> error wrong-type 2:11-2:17 sections
> `sections` needs keys such as `vision:` here, not text.

## a list as sections
community: {name: X}
sections: [vision, results]
> error wrong-type 2:11-2:28 sections
> `sections` needs keys such as `vision:` here, not a list.

## a text as section
community: {name: X}
sections:
  vision: Everything is reused
> error wrong-type 3:11-3:31 sections.vision
> `vision` needs keys such as `answer:` here, not text.
> Write the text under `answer:`.

## a list as section
community: {name: X}
sections:
  vision:
    - A
> error wrong-type 3:3-3:9 sections.vision
> `vision` needs keys such as `answer:` here, not a list.

## a number as section
community: {name: X}
sections: {vision: 5}
> error wrong-type 2:20-2:21 sections.vision
> `vision` needs keys such as `answer:` here, not a number.

## a truth as section
community: {name: X}
sections: {vision: false}
> error wrong-type 2:20-2:25 sections.vision
> `vision` needs keys such as `answer:` here, not true or false.

## a number as answer
community: {name: X}
sections: {vision: {answer: 70}}
> error wrong-type 2:29-2:31 sections.vision.answer
> `answer` needs text here, not a number.
> Put it in quotes: "70"

## a list as answer
community: {name: X}
sections:
  vision:
    answer:
      - A
      - B
> error wrong-type 4:5-4:11 sections.vision.answer
> `answer` needs text here, not a list.
> If this is text with a colon, brackets or a dash, put it in quotes.

## keys as answer
community: {name: X}
sections: {vision: {answer: {First: we meet}}}
> error wrong-type 2:29-2:45 sections.vision.answer
> `answer` needs text here, not keys with values.
> If this is text with a colon, brackets or a dash, put it in quotes.

## a text as timeline
community: {name: X}
sections: {vision: {timeline: soon}}
> error wrong-type 2:31-2:35 sections.vision.timeline
> `timeline` needs keys such as `month_1:` here, not text.

## a list as timeline
community: {name: X}
sections: {vision: {timeline: [A, B]}}
> error wrong-type 2:31-2:37 sections.vision.timeline
> `timeline` needs keys such as `month_1:` here, not a list.

## a number as action
community: {name: X}
sections: {vision: {timeline: {month_1: 5}}}
> error wrong-type 2:41-2:42 sections.vision.timeline.month_1
> `month_1` needs text here, not a number.
> Put it in quotes: "5"

## a number as action in a list
community: {name: X}
sections: {vision: {timeline: {month_1: [A, 5]}}}
> error wrong-type 2:45-2:46 sections.vision.timeline.month_1[1]
> `month_1` needs text here, not a number.
> Put it in quotes: "5"

## a list as action
community: {name: X}
sections: {vision: {timeline: {month_1: [[A]]}}}
> error wrong-type 2:42-2:45 sections.vision.timeline.month_1[0]
> `month_1` needs text here, not a list.
> If this is text with a colon, brackets or a dash, put it in quotes.

## a number as what will be done
community: {name: X}
sections: {vision: {timeline: {month_1: {action: 5}}}}
> error wrong-type 2:50-2:51 sections.vision.timeline.month_1.action
> `action` needs text here, not a number.
> Put it in quotes: "5"

## a list as what will be done
community: {name: X}
sections: {vision: {timeline: {month_1: {action: [A]}}}}
> error wrong-type 2:50-2:53 sections.vision.timeline.month_1.action
> `action` needs text here, not a list.
> If this is text with a colon, brackets or a dash, put it in quotes.

## a number as who is responsible
community: {name: X}
sections: {vision: {responsible: 5}}
> error wrong-type 2:34-2:35 sections.vision.responsible
> `responsible` needs text here, not a number.
> Put it in quotes: "5"

## a number among who is responsible
community: {name: X}
sections: {vision: {responsible: [A, 5]}}
> error wrong-type 2:38-2:39 sections.vision.responsible[1]
> `responsible` needs text here, not a number.
> Put it in quotes: "5"

## keys as who is responsible
community: {name: X}
sections: {vision: {responsible: {Lead: A}}}
> error wrong-type 2:34-2:43 sections.vision.responsible
> `responsible` needs text here, not keys with values.
> If this is text with a colon, brackets or a dash, put it in quotes.

## a list among the resources
community: {name: X}
sections: {vision: {resources: [A, [B]]}}
> error wrong-type 2:36-2:39 sections.vision.resources[1]
> `resources` needs text here, not a list.
> If this is text with a colon, brackets or a dash, put it in quotes.

## keys as resources
community: {name: X}
sections: {vision: {resources: {Money: A}}}
> error wrong-type 2:32-2:42 sections.vision.resources
> `resources` needs text here, not keys with values.
> If this is text with a colon, brackets or a dash, put it in quotes.

## a number as who is responsible for an action
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, responsible: 5}}}}
> error wrong-type 2:66-2:67 sections.vision.timeline.month_1.responsible
> `responsible` needs text here, not a number.
> Put it in quotes: "5"

## a list among who is responsible for an action
community: {name: X}
sections: {vision: {timeline: {month_1: [{action: A, responsible: [B, [C]]}]}}}
> error wrong-type 2:71-2:74 sections.vision.timeline.month_1[0].responsible[1]
> `responsible` needs text here, not a list.
> If this is text with a colon, brackets or a dash, put it in quotes.

## a text as ambitions
community: {name: X}
ambitions: A
> error wrong-type 2:12-2:13 ambitions
> `ambitions` needs keys such as `short_term:` here, not text.

## a list as ambitions
community: {name: X}
ambitions: [A, B, C]
> error wrong-type 2:12-2:21 ambitions
> `ambitions` needs keys such as `short_term:` here, not a list.

## a number as ambition
community: {name: X}
ambitions: {short_term: 5}
> error wrong-type 2:25-2:26 ambitions.short_term
> `short_term` needs text here, not a number.
> Put it in quotes: "5"

## a list as ambition
community: {name: X}
ambitions:
  short_term:
    - A
> error wrong-type 3:3-3:13 ambitions.short_term
> `short_term` needs text here, not a list.
> If this is text with a colon, brackets or a dash, put it in quotes.

## keys as ambition
community: {name: X}
ambitions: {short_term: {A: B}}
> error wrong-type 2:25-2:31 ambitions.short_term
> `short_term` needs text here, not keys with values.
> If this is text with a colon, brackets or a dash, put it in quotes.

## a text as creation
community: {name: X}
creation: A
> error wrong-type 2:11-2:12 creation
> `creation` needs keys such as `identify_community:` here, not text.

## a text as step
community: {name: X}
creation: {identify_community: A}
> error wrong-type 2:32-2:33 creation.identify_community
> `identify_community` needs keys such as `audience:` here, not text.

## a list as step
community: {name: X}
creation: {grow_participation: [A]}
> error wrong-type 2:32-2:35 creation.grow_participation
> `grow_participation` needs keys such as `community_building:` here, not a list.

## a number as item
community: {name: X}
creation: {pilot_and_launch: {pilot: 5}}
> error wrong-type 2:38-2:39 creation.pilot_and_launch.pilot
> `pilot` needs text here, not a number.
> Put it in quotes: "5"

## a list as item
community: {name: X}
creation: {pilot_and_launch: {pilot: [A]}}
> error wrong-type 2:38-2:41 creation.pilot_and_launch.pilot
> `pilot` needs text here, not a list.
> If this is text with a colon, brackets or a dash, put it in quotes.

## a number as answer of an item
community: {name: X}
creation: {pilot_and_launch: {pilot: {answer: 5}}}
> error wrong-type 2:47-2:48 creation.pilot_and_launch.pilot.answer
> `answer` needs text here, not a number.
> Put it in quotes: "5"

## a text as done
community: {name: X}
creation: {pilot_and_launch: {pilot: {done: yes}}}
> error wrong-type 2:45-2:48 creation.pilot_and_launch.pilot.done
> `done` needs true or false here, not text.
> Write true or false, without quotes.

## a number as done
community: {name: X}
creation: {pilot_and_launch: {pilot: {done: 1}}}
> error wrong-type 2:45-2:46 creation.pilot_and_launch.pilot.done
> `done` needs true or false here, not a number.
> Write true or false, without quotes.

## a list as done
community: {name: X}
creation: {pilot_and_launch: {pilot: {done: [true]}}}
> error wrong-type 2:45-2:51 creation.pilot_and_launch.pilot.done
> `done` needs true or false here, not a list.
> Write true or false, without quotes.
"""

BAD_VALUES = """
## a start that is a day
community: {name: X, start: 2026-09-01}
> error bad-date 1:29-1:39 community.start
> `2026-09-01` is not a month.
> Write year and month with a dash between, such as 2026-09.

## a start that is no month of the year
community: {name: X, start: 2026-13}
> error bad-date 1:29-1:36 community.start
> `2026-13` is not a month.
> Write year and month with a dash between, such as 2026-09.

## a start in words
community:
  name: X
  start: September 2026
> error bad-date 3:10-3:24 community.start
> `September 2026` is not a month.
> Write year and month with a dash between, such as 2026-09.

## a start that is a year
community: {name: X, start: 2026}
> error bad-date 1:29-1:33 community.start
> `2026` is not a month.
> Write year and month with a dash between, such as 2026-09.

## a start long ago
community: {name: X, start: 1899-12}
> error bad-date 1:29-1:36 community.start
> `1899-12` is not a month.
> Write year and month with a dash between, such as 2026-09.

## a day that is not in the calendar
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, due: 2026-02-30}}}}
> error bad-date 2:58-2:68 sections.vision.timeline.month_1.due
> `2026-02-30` is not a day of the calendar.
> Write year, month and day with dashes between, such as 2026-10-15.

## a month as due date
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, due: 2026-02}}}}
> error bad-date 2:58-2:65 sections.vision.timeline.month_1.due
> `2026-02` is not a day of the calendar.
> Write year, month and day with dashes between, such as 2026-10-15.

## a day without dashes as due date
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, due: 20260203}}}}
> error bad-date 2:58-2:66 sections.vision.timeline.month_1.due
> `20260203` is not a day of the calendar.
> Write year, month and day with dashes between, such as 2026-10-15.

## a due date in words, in a list
community: {name: X}
sections: {vision: {timeline: {month_1: [A, {action: B, due: soon}]}}}
> error bad-date 2:62-2:66 sections.vision.timeline.month_1[1].due
> `soon` is not a day of the calendar.
> Write year, month and day with dashes between, such as 2026-10-15.

## a status that is misspelt
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, status: doen}}}}
> error bad-value 2:61-2:65 sections.vision.timeline.month_1.status
> `doen` is not a status.
> Did you mean `done`?

## a status in other words
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, status: In progress}}}}
> error bad-value 2:61-2:72 sections.vision.timeline.month_1.status
> `In progress` is not a status.
> Did you mean `in_progress`?

## a status that is a number
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, status: 5}}}}
> error bad-value 2:61-2:62 sections.vision.timeline.month_1.status
> `5` is not a status.
> There are `planned`, `in_progress`, `done`, `dropped`.

## a status unheard of
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, status: maybe}}}}
> error bad-value 2:61-2:66 sections.vision.timeline.month_1.status
> `maybe` is not a status.
> There are `planned`, `in_progress`, `done`, `dropped`.

## a language by its name
community: {name: X, language: English}
> error bad-value 1:32-1:39 community.language
> `English` is not the tag of a language.
> Write a tag such as en, fr or fr-CA.

## a locale as language
community: {name: X, language: en_US}
> error bad-value 1:32-1:37 community.language
> `en_US` is not the tag of a language.
> Write a tag such as en, fr or fr-CA.

## a number as language
community: {name: X, language: 12}
> error bad-value 1:32-1:34 community.language
> `12` is not the tag of a language.
> Write a tag such as en, fr or fr-CA.
"""

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
> Write year, month and day with dashes between, such as 2026-10-15.
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
## the syntax is all that is said of a file that is not YAML
community: {name: @x}
foo: bar
> error yaml-syntax 1:19-1:20 community.name
> A text cannot begin with @.
> If this is text, put the whole of it in quotes.

## a first key without its colon makes the rest a text, of which no more is said
community
name: X
> error yaml-syntax 2:5-2:6
> This colon cannot start a value here.
> If it belongs to the text, put the whole text in quotes; \
otherwise check the spaces at the beginning of the line.

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
sections: {vision: {timeline: {month_1: {action: A, due: 2026-10-01}}}}
ambitions:
  short_term: Task #1
> warning due-outside-period 2:58-2:68 sections.vision.timeline.month_1.due
> 2026-10-01 is not in `month_1`, which is 2026-09.
> Change the date, or move the action to the period of its date.
> warning cut-text 4:20-4:22 ambitions.short_term
> YAML takes `#1` for a remark and drops it.
> Put the whole text in quotes; if it is a remark, put a space behind the #.
"""

REPEATED_AS_WRITTEN = """
## a truth as name
community: {name: true}
> error wrong-type 1:19-1:23 community.name
> `name` needs text here, not true or false.
> Put it in quotes: "true"

## a number that ends with a zero
community: {name: 1.10}
> error wrong-type 1:19-1:23 community.name
> `name` needs text here, not a number.
> Put it in quotes: "1.10"

## a number with an exponent
community: {name: 1e3}
> error wrong-type 1:19-1:22 community.name
> `name` needs text here, not a number.
> Put it in quotes: "1e3"

## a truth as month
community: {name: X, start: true}
> error bad-date 1:29-1:33 community.start
> `true` is not a month.
> Write year and month with a dash between, such as 2026-09.

## a truth as language
community: {name: X, language: FALSE}
> error bad-value 1:32-1:37 community.language
> `FALSE` is not the tag of a language.
> Write a tag such as en, fr or fr-CA.

## a list as language
community: {name: X, language: [en, fr]}
> error bad-value 1:32-1:40 community.language
> `[en, fr]` is not the tag of a language.
> Write a tag such as en, fr or fr-CA.

## a mapping as status
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, status: {done: true}}}}}
> error bad-value 2:61-2:73 sections.vision.timeline.month_1.status
> `{done: true}` is not a status.
> There are `planned`, `in_progress`, `done`, `dropped`.

## a date that an anchor marks
community: {name: X, start: &s soon}
ambitions: {short_term: *s}
> error bad-date 1:29-1:36 community.start
> `soon` is not a month.
> Write year and month with a dash between, such as 2026-09.
"""

THROUGH_AN_ALIAS = """
## a number that an alias stands for
community: {name: &n 5}
ambitions: {short_term: *n}
> error wrong-type 1:19-1:23 community.name
> `name` needs text here, not a number.
> Put it in quotes: "5"
> error wrong-type 2:25-2:27 ambitions.short_term
> `short_term` needs text here, not a number.
> Put it in quotes: "5"
"""

BETTER_HINTS = """
## a known key in the wrong place is not a misspelling
community: {name: X}
sections: {resources: A}
> error unknown-key 2:12-2:21 sections.resources
> `resources` is not a key of `sections`.
> `resources` belongs inside a section.

## the seventh month is not the sixth, misspelt
community: {name: X}
sections: {vision: {timeline: {month_7: A}}}
> error unknown-key 2:32-2:39 sections.vision.timeline.month_7
> `month_7` is not a key of a timeline.
> Did you mean `months_7_to_9`?

## no hint is no hint, not an empty one
community: {name: X}
sections: {foo: A}
> error unknown-key 2:12-2:15 sections.foo
> `foo` is not a key of `sections`.
"""

EVERY_PROBLEM = """
## a missing community is not excused by a key that is not like it
foo: 1
sections: {}
> error missing-key 1:1-1:1
> The community has no name.
> Write `name:` and the name under `community:`.
> error unknown-key 1:1-1:4 foo
> `foo` is not a key of the roadmap.
> There are `community`, `sections`, `ambitions`, `creation`.

## a missing name is not excused by a key that is not like it
community: {title: X}
> error missing-key 1:1-1:10 community
> The community has no name.
> Write `name:` and the name under `community:`.
> error unknown-key 1:13-1:18 community.title
> `title` is not a key of `community`.
> There are `name`, `summary`, `start`, `language`.

## a name that is misspelt is one mistake, a key beside it another
community: {nme: X, foo: Y}
> error unknown-key 1:13-1:16 community.nme
> `nme` is not a key of `community`.
> Did you mean `name`?
> error unknown-key 1:21-1:24 community.foo
> `foo` is not a key of `community`.
> There are `name`, `summary`, `start`, `language`.

## an action that is misspelt is one mistake
community: {name: X}
sections: {vision: {timeline: {month_1: {acton: A}}}}
> error unknown-key 2:42-2:47 sections.vision.timeline.month_1.acton
> `acton` is not a key of an action.
> Did you mean `action`?
"""


def case(text: str) -> object:
    """Make a parameter set of one case: the file and what is said about it."""
    name, *lines = text.strip().split("\n")
    file = "".join(f"{line}\n" for line in lines if not line.startswith("> "))
    said = [line.removeprefix("> ") for line in lines if line.startswith("> ")]
    return pytest.param(file, said, id=name)


def cases(*tables: str) -> list[object]:
    return [case(text) for table in tables for text in table.split("## ")[1:]]


def told(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Say everything that diagnostics carry but file and excerpt, in the form of the cases."""
    said = []
    for found in diagnostics:
        at = found.place
        where = f"{at.line}:{at.column}-{at.end_line}:{at.end_column}" if at else "file"
        said.append(f"{found.severity} {found.rule} {where} {found.path}".rstrip())
        said += [found.message] if found.hint is None else [found.message, found.hint]
    return said


def read(text: str) -> loading.Examined:
    return examine(text.encode(), "r.yaml")


# ── what is wrong ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "said"),
    cases(UNKNOWN_KEYS, MISSING_KEYS, WRONG_TYPES, BAD_VALUES, SEVERAL, BESIDE_THE_SOURCE),
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


@pytest.mark.parametrize(("text", "said"), cases(REPEATED_AS_WRITTEN))
def test_a_message_repeats_a_value_as_the_file_has_it(text: str, said: list[str]) -> None:
    assert told(read(text).diagnostics) == said


@pytest.mark.parametrize(("text", "said"), cases(THROUGH_AN_ALIAS))
def test_a_message_repeats_what_an_alias_stands_for(text: str, said: list[str]) -> None:
    assert told(read(text).diagnostics) == said


@pytest.mark.parametrize(("text", "said"), cases(BETTER_HINTS))
def test_a_hint_leads_the_right_way(text: str, said: list[str]) -> None:
    assert told(read(text).diagnostics) == said


@pytest.mark.parametrize(("text", "said"), cases(EVERY_PROBLEM))
def test_every_problem_is_told_in_one_run(text: str, said: list[str]) -> None:
    assert told(read(text).diagnostics) == said


@pytest.mark.parametrize(
    ("text", "said"),
    cases(UNKNOWN_KEYS, MISSING_KEYS, WRONG_TYPES, BAD_VALUES, SEVERAL, ONLY_WARNINGS),
)
def test_every_finding_names_its_file_and_quotes_its_line(text: str, said: list[str]) -> None:
    lines = text.split("\n")
    found = read(text).diagnostics
    assert [(one.file, one.excerpt) for one in found] == [
        ("r.yaml", lines[one.place.line - 1] if one.place else "") for one in found
    ]
    assert len(found) == len([line for line in said if re.match(r"(error|warning) ", line)])


@pytest.mark.parametrize("spelt", ["UPPER CASE", "Title Case", "kebab-case", "camelCase"])
def test_a_key_in_another_spelling_is_recognised(spelt: str) -> None:
    def spell(key: str) -> str:
        words = key.split("_")
        return {
            "UPPER CASE": " ".join(words).upper(),
            "Title Case": " ".join(words).title(),
            "kebab-case": "-".join(words),
            "camelCase": words[0] + "".join(words[1:]).title(),
        }[spelt]

    keys = [key for key in canvas.SECTION_KEYS if spell(key) != key]
    text = "community: {name: X}\nsections:\n" + "".join(f"  {spell(key)}:\n" for key in keys)
    assert [(found.path, found.hint) for found in read(text).diagnostics] == [
        (f"sections.{spell(key)}", f"Did you mean `{key}`?") for key in keys
    ]
    assert keys


def test_a_key_of_the_creation_that_is_unheard_of_is_answered_with_the_steps() -> None:
    steps = ", ".join(f"`{step}`" for step in canvas.STEP_ITEMS)
    assert told(read("community: {name: X}\ncreation: {foo: 1}\n").diagnostics) == [
        "error unknown-key 2:12-2:15 creation.foo",
        "`foo` is not a key of `creation`.",
        f"There are {steps}.",
    ]


@pytest.mark.parametrize(
    ("digits", "repeated"),
    [("9" * 40, "9" * 40), ("9" * 41, "9" * 40 + "…"), ("9" * 5_000, "9" * 40 + "…")],
    ids=["40", "41", "5000"],
)
def test_a_message_repeats_no_more_than_the_beginning_of_a_long_value(
    digits: str, repeated: str
) -> None:
    assert told(read(f"community: {{name: X, start: {digits}}}\n").diagnostics) == [
        f"error bad-date 1:29-1:{29 + len(digits)} community.start",
        f"`{repeated}` is not a month.",
        "Write year and month with a dash between, such as 2026-09.",
    ]


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
    responsible: A
    resources: [A, B]
creation: {pilot_and_launch: {pilot: A, launch: {done: true}}}

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
