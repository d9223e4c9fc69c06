"""The rules over a whole roadmap, as a user has them: a file goes in, findings come out.

Each case is a small file, then what is said about it: severity, rule, place and path on one line,
the message, and the hint if there is one. A case without findings is a near miss.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cop_roadmap import canvas, catalogue, rules, tags
from cop_roadmap.checks import check, gaps, ignores
from cop_roadmap.diagnostics import Diagnostic, Place, Severity, in_file_order
from cop_roadmap.loading import Examined, examine
from cop_roadmap.roadmap import Roadmap

EXAMPLES = Path(__file__).parent.parent / "examples"

CONTRADICTORY_STATUS = """
## done, with somebody, but without saying what
community: {name: X}
sections: {vision: {timeline: {month_1: {action: , status: done, responsible: A}}}}
> error contradictory-status 2:60-2:64 sections.vision.timeline.month_1.status
> This action is done, but does not say what it was.
> Say it.

## dropped, with a day, but without saying what
community: {name: X}
sections: {vision: {timeline: {month_1: {action: " ", status: dropped, due: 2026-09-01}}}}
> error contradictory-status 2:63-2:70 sections.vision.timeline.month_1.status
> This action is dropped, but does not say what it was.
> Say it.

## one of several actions
community: {name: X}
sections:
  vision:
    responsible: A
    timeline:
      months_7_to_9:
        - Ask members
        - action: ""
          responsible: Sponsor
          status: done
> error contradictory-status 10:19-10:23 sections.vision.timeline.months_7_to_9[1].status
> This action is done, but does not say what it was.
> Say it.

## done and dropped in the same month, in other words of the same letters
community: {name: X}
sections:
  vision:
    responsible: A
    timeline:
      month_2:
        - {action: Adopt the *vision*., status: dropped}
        - {action: adopt  the Vision, status: done}
> error contradictory-status 7:49-7:56 sections.vision.timeline.month_2[0].status
> This action is dropped here, and done in `month_2`.
> Keep the one that is true.

## dropped twice, and done
community: {name: X}
sections:
  vision:
    responsible: A
    timeline:
      month_2:
        - {action: Adopt it, status: dropped}
        - {action: Adopt it, status: done}
        - {action: Adopt it, status: dropped}
> error contradictory-status 7:38-7:45 sections.vision.timeline.month_2[0].status
> This action is dropped here, and done in `month_2`.
> Keep the one that is true.
> error contradictory-status 9:38-9:45 sections.vision.timeline.month_2[2].status
> This action is dropped here, and done in `month_2`.
> Keep the one that is true.

## settled without an answer, on one line
community: {name: X}
creation: {pilot_and_launch: {pilot: {done: true}}}
> error contradictory-status 2:38-2:50 creation.pilot_and_launch.pilot
> `pilot` is settled, but its answer is empty.
> Write down what was settled, or delete `done`.

## settled without an answer, on two lines
community: {name: X}
creation:
  pilot_and_launch:
    launch:
      answer: "  "
      done: true
> error contradictory-status 4:5-4:11 creation.pilot_and_launch.launch
> `launch` is settled, but its answer is empty.
> Write down what was settled, or delete `done`.

## done and dropped, saying what
community: {name: X}
sections:
  vision:
    responsible: A
    timeline: {month_1: {action: Ask, status: done}, month_2: {action: Draw, status: dropped}}

## dropped in one section and done in another
community: {name: X}
sections:
  vision: {responsible: A, timeline: {month_1: {action: Ask members, status: dropped}}}
  results: {responsible: A, timeline: {month_1: {action: Ask members, status: done}}}

## done and planned again
community: {name: X}
sections:
  vision:
    responsible: A
    timeline: {month_1: {action: Hold a call, status: done}, month_6: Hold a call}

## dropped and under way again
community: {name: X}
sections:
  vision:
    responsible: A
    timeline:
      month_1: {action: Open a chat, status: dropped}
      month_5: {action: Open a chat, status: in_progress}

## settled with an answer, and open without one
community: {name: X}
creation: {pilot_and_launch: {pilot: {answer: A, done: true}, launch: {answer: , done: false}}}

## done without a word beside it
community: {name: X}
sections: {vision: {timeline: {month_1: {action: , status: done}}}}
> error contradictory-status 2:60-2:64 sections.vision.timeline.month_1.status
> This action is done, but does not say what it was.
> Say it.

## a call that comes every month is held once and cancelled once
community: {name: X}
sections:
  convening:
    responsible: A
    timeline:
      month_1: {action: Hold the community call, status: done}
      month_4: {action: Hold the community call, status: dropped}

## given up in one month and done in a later one after all
community: {name: X}
sections:
  convening:
    responsible: A
    timeline:
      month_2: {action: Open a forum, status: dropped}
      month_4: {action: Open a forum, status: done}
"""

DUE_DATES = """
## one action
community: {name: X, start: 2026-09}
sections: {vision: {responsible: A, timeline: {month_1: {action: A, due: 2026-10-01}}}}
> warning due-outside-period 2:74-2:84 sections.vision.timeline.month_1.due
> 2026-10-01 is not in `month_1`, which is 2026-09.
> Change the date, or move the action to the period of its date.

## one of several, with an empty one before it
community: {name: X, start: 2026-09}
sections:
  vision:
    responsible: A
    timeline:
      month_4:
        - Ask
        -
        - due: '2026-10-01'
          action: Ask again
> warning due-outside-period 9:16-9:28 sections.vision.timeline.month_4[2].due
> 2026-10-01 is not in `month_4`, which is 2026-12.
> Change the date, or move the action to the period of its date.

## in another year
community: {name: X, start: 2026-09}
sections: {vision: {responsible: A, timeline: {month_1: {action: A, due: 2027-09-15}}}}
> error due-outside-year 2:74-2:84 sections.vision.timeline.month_1.due
> 2027-09-15 is not in the roadmap's year, which is 2026-09 to 2027-08.
> Check the year of the date, and `start` of the community.

## in a period of several months
community: {name: X, start: 2026-09}
sections: {vision: {responsible: A, timeline: {months_7_to_9: {action: A, due: 2027-06-01}}}}
> warning due-outside-period 2:80-2:90 sections.vision.timeline.months_7_to_9.due
> 2027-06-01 is not in `months_7_to_9`, which is 2027-03 to 2027-05.
> Change the date, or move the action to the period of its date.

## a day before the year begins
community: {name: X, start: 2026-01}
sections: {vision: {responsible: A, timeline: {month_1: {action: A, due: 2025-12-31}}}}
> error due-outside-year 2:74-2:84 sections.vision.timeline.month_1.due
> 2025-12-31 is not in the roadmap's year, which is 2026-01 to 2026-12.
> Check the year of the date, and `start` of the community.

## a day after the year ends
community: {name: X, start: 2026-01}
sections: {vision: {responsible: A, timeline: {months_10_to_12: {action: A, due: 2027-01-01}}}}
> error due-outside-year 2:82-2:92 sections.vision.timeline.months_10_to_12.due
> 2027-01-01 is not in the roadmap's year, which is 2026-01 to 2026-12.
> Check the year of the date, and `start` of the community.

## one date that an alias repeats in another section
community: {name: X, start: 2026-09}
sections:
  vision: &same {responsible: A, timeline: {month_1: {action: A, due: 2026-10-01}}}
  results: *same
> warning due-outside-period 3:71-3:81 sections.vision.timeline.month_1.due
> 2026-10-01 is not in `month_1`, which is 2026-09.
> Change the date, or move the action to the period of its date.
> warning due-outside-period 3:71-3:81 sections.results.timeline.month_1.due
> 2026-10-01 is not in `month_1`, which is 2026-09.
> Change the date, or move the action to the period of its date.

## a date without saying what
community: {name: X, start: 2026-09}
sections: {vision: {responsible: A, timeline: {month_1: {action: , due: 2026-10-01}}}}
> warning action-without-text 2:58-2:64 sections.vision.timeline.month_1.action
> This action does not say what will be done.
> Write it behind `action:`.
> warning due-outside-period 2:73-2:83 sections.vision.timeline.month_1.due
> 2026-10-01 is not in `month_1`, which is 2026-09.
> Change the date, or move the action to the period of its date.

## over the end of the calendar year
community: {name: X, start: 2026-12}
sections: {vision: {responsible: A, timeline: {month_2: {action: A, due: 2027-01-31}}}}

## a period that begins in one calendar year, at its end in the next
community: {name: X, start: 2027-05}
sections: {vision: {responsible: A, timeline: {months_7_to_9: {action: A, due: 2028-01-31}}}}

## a leap day
community: {name: X, start: 2027-09}
sections: {vision: {responsible: A, timeline: {month_6: {action: A, due: 2028-02-29}}}}

## the last month that can be written
community: {name: X, start: 2199-12}
sections: {vision: {responsible: A, timeline: {month_1: {action: A, due: 2199-12-31}}}}

## no start, so no day is outside
community: {name: X}
sections: {vision: {responsible: A, timeline: {month_1: {action: A, due: 1999-01-01}}}}

## an empty start
community: {name: X, start: ""}
sections: {vision: {responsible: A, timeline: {month_1: {action: A, due: 1999-01-01}}}}

## an empty date
community: {name: X, start: 2026-09}
sections: {vision: {responsible: A, timeline: {month_1: {action: A, due: ""}}}}

## dropped, because it waits until the second year
community: {name: X, start: 2026-09}
sections:
  vision:
    responsible: A
    timeline: {month_3: {action: Renew it, status: dropped, due: 2027-10-15}}

## done before the first month began
community: {name: X, start: 2026-09}
sections:
  leadership:
    responsible: A
    timeline: {month_1: {action: Sign the mandate, status: done, due: 2026-08-28}}
"""

NO_RESPONSIBLE = """
## one action
community: {name: X}
sections:
  vision:
    timeline: {month_1: Draft it}
> warning no-responsible 3:3-3:9 sections.vision
> `vision` plans one action, and nobody is responsible.
> Write `responsible:` and a role, such as Core group.

## two actions, of which one is under way
community: {name: X}
sections: {vision: {timeline: {month_1: A, month_5: {action: B, status: in_progress}}}}
> warning no-responsible 2:12-2:18 sections.vision
> `vision` plans 2 actions, and nobody is responsible.
> Write `responsible:` and a role, such as Core group.

## one action beside one that has somebody
community: {name: X}
sections: {vision: {timeline: {month_1: A, month_5: {action: B, responsible: Sponsor}}}}
> warning no-responsible 2:12-2:18 sections.vision
> `vision` plans one action, and nobody is responsible.
> Write `responsible:` and a role, such as Core group.

## empty entries are nobody
community: {name: X}
sections:
  vision:
    timeline: {month_1: {action: A, responsible: ["", ~]}}
    responsible: [" ", ~]
> warning no-responsible 3:3-3:9 sections.vision
> `vision` plans one action, and nobody is responsible.
> Write `responsible:` and a role, such as Core group.

## each section for itself
community: {name: X}
sections:
  results: {timeline: {month_6: A}}
  support: {timeline: {month_6: A}, responsible: Core group}
  vision: {timeline: {month_6: A}}
> warning no-responsible 3:3-3:10 sections.results
> `results` plans one action, and nobody is responsible.
> Write `responsible:` and a role, such as Core group.
> warning no-responsible 5:3-5:9 sections.vision
> `vision` plans one action, and nobody is responsible.
> Write `responsible:` and a role, such as Core group.

## a section with somebody
community: {name: X}
sections: {vision: {timeline: {month_1: A, month_5: B}, responsible: ["", Core group]}}

## every action with somebody
community: {name: X}
sections:
  vision:
    timeline:
      month_1: {action: A, responsible: Sponsor}
      month_5: [{action: B, responsible: [Core group, ~]}]

## dropped actions need nobody
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, status: dropped}}}}

## nothing is planned
community: {name: X}
sections:
  vision: {answer: A}
  results: {timeline: {month_1: , month_2: "", month_3: [], month_4: ["", ~]}}

## all is done: nobody is needed any more
community: {name: X}
sections: {vision: {timeline: {month_1: {action: Draft it, status: done}}}}

## an action without text is one thing to say, not two
community: {name: X, start: 2026-09}
sections: {vision: {timeline: {month_1: {action: , due: 2026-09-15}}}}
> warning action-without-text 2:42-2:48 sections.vision.timeline.month_1.action
> This action does not say what will be done.
> Write it behind `action:`.
"""

AMBITION_WITHOUT_ACTIONS = """
## the months before the first action
community: {name: X}
sections: {vision: {timeline: {month_5: Test it}, responsible: A}}
ambitions:
  short_term: |
    Twelve agencies take part
  medium_term: Half of the datasets can be reused
> warning ambition-without-actions 4:3-4:13 ambitions.short_term
> `short_term` has no action in its months 1 to 3.
> Plan what will bring it about, or change the ambition.

## the months between two actions
community: {name: X}
sections: {vision: {timeline: {month_3: A, months_7_to_9: B}, responsible: A}}
ambitions: {medium_term: Half of the datasets can be reused}
> warning ambition-without-actions 3:13-3:24 ambitions.medium_term
> `medium_term` has no action in its months 4 to 6.
> Plan what will bring it about, or change the ambition.

## the only action of the months is dropped
community: {name: X}
sections:
  vision:
    timeline: {month_1: {action: A, status: dropped}, month_5: B}
    responsible: A
ambitions: {short_term: The vision is adopted}
> warning ambition-without-actions 6:13-6:23 ambitions.short_term
> `short_term` has no action in its months 1 to 3.
> Plan what will bring it about, or change the ambition.

## the only action of the months is empty
community: {name: X}
sections: {vision: {timeline: {month_1: ["", ~], month_5: B}, responsible: A}}
ambitions: {short_term: The vision is adopted}
> warning ambition-without-actions 3:13-3:23 ambitions.short_term
> `short_term` has no action in its months 1 to 3.
> Plan what will bring it about, or change the ambition.

## the only action of the months is done
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, status: done}}, responsible: A}}
ambitions: {short_term: The vision is adopted}

## any section will do
community: {name: X}
sections:
  vision: {timeline: {month_1: A}, responsible: A}
  results: {timeline: {month_6: A}, responsible: A}
ambitions: {short_term: B, medium_term: C}

## nothing is planned yet: ambitions come first
community: {name: X}
ambitions: {short_term: A, medium_term: B, long_term: C}

## all that was planned is dropped
community: {name: X}
sections: {vision: {timeline: {month_1: {action: A, status: dropped}}}}
ambitions: {short_term: A, medium_term: B, long_term: C}

## an empty ambition
community: {name: X}
sections: {vision: {timeline: {month_1: A}, responsible: A}}
ambitions: {medium_term: "", long_term: " "}
"""

STOPS_EARLY = """
## two actions in one month
community: {name: X}
sections:
  support:
    responsible: A
    timeline:
      month_1: [Open a help desk, Write ten answers]
  results: {responsible: A, timeline: {months_7_to_9: Tell three stories}}
> warning stops-early 5:5-5:13 sections.support.timeline
> The last action of `support` is in `month_1`.
> Plan a later look at what came of them.

## the last in the third month
community: {name: X}
sections:
  support: {responsible: A, timeline: {month_1: Open a desk, month_3: Write ten answers}}
  results: {responsible: A, timeline: {month_4: Count}}
> warning stops-early 3:29-3:37 sections.support.timeline
> The last action of `support` is in `month_3`.
> Plan a later look at what came of them.

## only one of them is done
community: {name: X}
sections:
  support:
    responsible: A
    timeline: {month_1: {action: A, status: done}, month_2: {action: B, status: in_progress}}
  results: {responsible: A, timeline: {month_6: Count}}
> warning stops-early 5:5-5:13 sections.support.timeline
> The last action of `support` is in `month_2`.
> Plan a later look at what came of them.

## the later one is dropped
community: {name: X}
sections:
  support:
    responsible: A
    timeline: {month_1: A, month_2: B, month_6: {action: C, status: dropped}}
  results: {responsible: A, timeline: {month_6: Count}}
> warning stops-early 5:5-5:13 sections.support.timeline
> The last action of `support` is in `month_2`.
> Plan a later look at what came of them.

## the last in the fourth month
community: {name: X}
sections:
  support: {responsible: A, timeline: {month_3: Open a desk, month_4: Ask}}
  results: {responsible: A, timeline: {month_6: Count}}

## a single action
community: {name: X}
sections:
  support: {responsible: A, timeline: {month_1: Open a desk}}
  results: {responsible: A, timeline: {month_6: Count}}

## a single action beside a dropped and an empty one
community: {name: X}
sections:
  support: {responsible: A, timeline: {month_1: [A, "", {action: B, status: dropped}]}}
  results: {responsible: A, timeline: {month_6: Count}}

## all are done
community: {name: X}
sections:
  support:
    responsible: A
    timeline: {month_1: {action: A, status: done}, month_2: {action: B, status: done}}
  results: {responsible: A, timeline: {month_6: Count}}

## all are done or dropped
community: {name: X}
sections:
  support:
    responsible: A
    timeline:
      month_1: [{action: A, status: done}, {action: B, status: done}]
      month_2: {action: C, status: dropped}
  results: {responsible: A, timeline: {month_6: Count}}

## a vision that is drafted, asked about and adopted, as in the README
community: {name: X}
sections:
  vision:
    responsible: Core group
    timeline:
      month_1: Draft the vision with the core group
      month_2: [Ask members in a survey, Adopt the vision]

## a plan that is written a quarter at a time
community: {name: X}
sections:
  governance: {responsible: A, timeline: {month_1: Draft a charter, month_2: Adopt it}}
  convening: {responsible: A, timeline: {month_2: Hold the kick-off, month_3: Hold a call}}
  measurement: {responsible: A, timeline: {month_2: Count the baseline, month_3: Set targets}}
"""

ACTION_WITHOUT_TEXT = """
## with somebody
community: {name: X}
sections: {vision: {timeline: {month_1: {action: "", responsible: Sponsor}}}}
> warning action-without-text 2:50-2:52 sections.vision.timeline.month_1.action
> This action does not say what will be done.
> Write it behind `action:`.

## with a day, without a value, one of several
community: {name: X, start: 2026-09}
sections:
  vision:
    responsible: A
    timeline:
      month_4:
        - Ask
        - due: 2026-12-24
          action:
> warning action-without-text 9:11-9:17 sections.vision.timeline.month_4[1].action
> This action does not say what will be done.
> Write it behind `action:`.

## under way
community: {name: X}
sections:
  vision: {timeline: {month_1: {action: " ", status: in_progress, responsible: Sponsor}}}
> warning action-without-text 3:41-3:44 sections.vision.timeline.month_1.action
> This action does not say what will be done.
> Write it behind `action:`.

## nothing of it is filled in
community: {name: X}
sections: {vision: {timeline: {month_1: {action: , status: , responsible: [""], due: }}}}

## an empty entry of a list
community: {name: X}
sections: {vision: {responsible: A, timeline: {month_1: ["", Ask, ~]}}}
"""

REVIEWS = """
## two of one day
community: {name: X}
reviews:
  - date: 2027-01-10
    ratings: {vision: 3}
  - date: 2027-01-10
    ratings: {vision: 4}
> error duplicate-review 5:11-5:21 reviews[1].date
> There is another review of 2027-01-10: number 1 of the list.
> Correct one of the two dates, or make one review of both.

## three of one day, behind an empty entry and another day
community: {name: X}
reviews:
  -
  - {date: 2027-04-11, ratings: {vision: 3}}
  - {date: 2027-01-10, ratings: {vision: 3}}
  - {date: 2027-01-10, ratings: {vision: 4}}
  - {date: 2027-01-10, ratings: {vision: 5}}
> error duplicate-review 6:12-6:22 reviews[3].date
> There is another review of 2027-01-10: number 3 of the list.
> Correct one of the two dates, or make one review of both.
> error duplicate-review 7:12-7:22 reviews[4].date
> There is another review of 2027-01-10: number 3 of the list.
> Correct one of the two dates, or make one review of both.

## one day in two years
community: {name: X}
reviews: [{date: 2027-01-10, ratings: {vision: 3}}, {date: 2028-01-10, ratings: {vision: 3}}]

## one that rates nothing
community: {name: X}
reviews: [{date: 2027-01-10, by: Core group, note: All is well}]
> warning empty-review 2:18-2:28 reviews[0].date
> The review of 2027-01-10 rates nothing.
> Write sections and ratings from 1 to 5 under `ratings:`.

## one, without a dash, with ratings that are still open
community: {name: X}
reviews:
  date: 2027-01-10
  ratings:
    vision:
    results: ""
> warning empty-review 3:9-3:19 reviews.date
> The review of 2027-01-10 rates nothing.
> Write sections and ratings from 1 to 5 under `ratings:`.

## one that rates a single section
community: {name: X}
reviews: [{date: 2027-01-10, ratings: {vision: , results: 1}}]

## empty entries are no reviews
community: {name: X}
reviews: [null, "", " "]

## on the first day that is long after the year
community: {name: X, start: 2026-09}
reviews: [{date: 2027-12-01, ratings: {vision: 3}}]
> warning review-outside-year 2:18-2:28 reviews[0].date
> 2027-12-01 is long after the roadmap's year, which is 2026-09 to 2027-08.
> Check the year of the date, and `start` of the community.

## on the last day of the quarter behind the year
community: {name: X, start: 2026-09}
reviews: [{date: 2027-11-30, ratings: {vision: 3}}]

## of earlier years, and before the start
community: {name: X, start: 2026-09}
reviews: [{date: 2024-01-10, ratings: {vision: 3}}, {date: 2026-08-31, ratings: {vision: 3}}]

## in any year where there is no start
community: {name: X}
reviews: [{date: 2072-01-10, ratings: {vision: 3}}]
"""

REPEATED_TEXT = """
## thirty characters
community: {name: X}
sections:
  vision: {answer: abcdefghijklmnopqrstuvwxyz1234}
  results: {answer: abcdefghijklmnopqrstuvwxyz1234}
> warning repeated-text 4:21-4:51 sections.results.answer
> This text stands in `sections.vision` already.
> Say here what is special about it, or leave it empty.

## thirty characters with the blanks between the words, in other case, signs and lines
community: {name: X}
sections:
  vision: {answer: "We ask, we listen, and they mend."}
  results:
    answer: |
      **We ask**; we LISTEN:

      > and they mend
> warning repeated-text 5:13-9:1 sections.results.answer
> This text stands in `sections.vision` already.
> Say here what is special about it, or leave it empty.

## three times
community: {name: X}
sections:
  vision: {answer: Every dataset can be reused the day it appears}
  objectives: {answer: Every dataset can be reused the day it appears}
  results: {answer: Every dataset can be reused the day it appears}
> warning repeated-text 4:24-4:70 sections.objectives.answer
> This text stands in `sections.vision` already.
> Say here what is special about it, or leave it empty.
> warning repeated-text 5:21-5:67 sections.results.answer
> This text stands in `sections.vision` already.
> Say here what is special about it, or leave it empty.

## the first is the first of the canvas, not of the file
community: {name: X}
sections:
  results: {answer: Every dataset can be reused the day it appears}
  vision: {answer: Every dataset can be reused the day it appears}
> warning repeated-text 3:21-3:67 sections.results.answer
> This text stands in `sections.vision` already.
> Say here what is special about it, or leave it empty.

## in a section and an ambition
community: {name: X}
sections: {vision: {answer: Every dataset can be reused the day it appears}}
ambitions: {long_term: Every dataset can be reused the day it appears}
> warning repeated-text 3:24-3:70 ambitions.long_term
> This text stands in `sections.vision` already.
> Say here what is special about it, or leave it empty.

## in two ambitions
community: {name: X}
ambitions:
  medium_term: &text Every dataset can be reused the day it appears
  long_term: *text
> warning repeated-text 4:14-4:19 ambitions.long_term
> This text stands in `ambitions.medium_term` already.
> Say here what is special about it, or leave it empty.

## in two items of the creation, the short and the long form
community: {name: X}
creation:
  pilot_and_launch:
    pilot: Four agencies try the calls and the wiki
    launch: {answer: Four agencies try the calls and the wiki, done: true}
> warning repeated-text 5:22-5:62 creation.pilot_and_launch.launch.answer
> This text stands in `creation.pilot_and_launch.pilot` already.
> Say here what is special about it, or leave it empty.

## the second is the long form
community: {name: X}
creation:
  identify_community: {audience: The stewards of all twelve agencies}
  share_results:
    surveys:
      answer: The stewards of all twelve agencies
> warning repeated-text 6:15-6:50 creation.share_results.surveys.answer
> This text stands in `creation.identify_community.audience` already.
> Say here what is special about it, or leave it empty.

## twenty-nine characters
community: {name: X}
sections:
  vision: {answer: abcdefghijklmnopqrstuvwxyz123}
  results: {answer: abcdefghijklmnopqrstuvwxyz123}

## signs and spaces do not make a text longer
community: {name: X}
sections:
  vision: {answer: "We ask, we   listen, and all mend!!!!"}
  results: {answer: "We ask, we   listen, and all mend!!!!"}

## another figure is another text
community: {name: X}
sections:
  vision: {answer: We reach 30 people in every agency by June}
  results: {answer: We reach 60 people in every agency by June}

## one text goes on where the other ends
community: {name: X}
sections:
  vision: {answer: Every dataset can be reused the day it appears}
  results: {answer: Every dataset can be reused the day it appears. We count them.}

## actions, resources and names may come back
community: {name: Stewards of open data in twelve agencies}
sections:
  vision: &row
    timeline: {month_5: Ask all members in the survey of the month}
    responsible: Stewards of open data in twelve agencies
    resources: Two half-day workshops and a survey tool
  results: *row

## the purpose stands in its section and in the step of the creation
community: {name: X}
sections:
  community_purpose: {answer: Nobody solves alone what a colleague has solved}
creation:
  identify_community: {purpose: Nobody solves alone what a colleague has solved}

## texts that differ in a sign only, such as C++ and C#
community: {name: X}
sections:
  facilitation: {answer: C++ clinic for beginners every second week}
  support: {answer: "C# clinic for beginners every second week"}
"""

QUESTION_AS_ANSWER = """
## the question of the section
community: {name: X}
sections: {core_group: {answer: How will you get the core group to steer the community?}}
> warning question-as-answer 2:33-2:88 sections.core_group.answer
> This is the question of the canvas, not an answer.
> Answer it, or leave the text empty.

## the question of another place
community: {name: X}
ambitions:
  long_term: What does the whole community want to have reached after three months?
> warning question-as-answer 3:14-3:84 ambitions.long_term
> This is the question of the canvas, not an answer.
> Answer it, or leave the text empty.

## an item of the creation, the long form
community: {name: X}
creation: {share_results: {surveys: {answer: "Whom will you survey, when, and about what?"}}}
> warning question-as-answer 2:46-2:91 creation.share_results.surveys.answer
> This is the question of the canvas, not an answer.
> Answer it, or leave the text empty.

## copied with the signs of the remark and its lines
community: {name: X}
sections:
  vision:
    answer: |
      # Which challenge do you take up, or which problem do you want to solve?
      # What will be different in the long run if you succeed?
> warning question-as-answer 4:13-7:1 sections.vision.answer
> This is the question of the canvas, not an answer.
> Answer it, or leave the text empty.

## the French question in a French roadmap
community: {name: X, language: fr}
sections:
  core_group:
    answer: Comment amènerez-vous le groupe moteur à piloter la communauté ?
> warning question-as-answer 4:13-4:77 sections.core_group.answer
> This is the question of the canvas, not an answer.
> Answer it, or leave the text empty.

## the French question without the space before its sign, in Canada
community: {name: X, language: fr-CA}
ambitions:
  short_term: Où la communauté tout entière veut-elle en être au bout de trois mois?
> warning question-as-answer 3:15-3:85 ambitions.short_term
> This is the question of the canvas, not an answer.
> Answer it, or leave the text empty.

## the English question in a French roadmap
community: {name: X, language: fr}
sections: {core_group: {answer: How will you get the core group to steer the community?}}
> warning question-as-answer 2:33-2:88 sections.core_group.answer
> This is the question of the canvas, not an answer.
> Answer it, or leave the text empty.

## the English question in a language without words
community: {name: X, language: tlh}
sections: {core_group: {answer: How will you get the core group to steer the community?}}
> error unknown-language 1:32-1:35 community.language
> There are no words for documents in `tlh` yet.
> There are words in KNOWN. `--words` takes a file with words of yours.
> warning question-as-answer 2:33-2:88 sections.core_group.answer
> This is the question of the canvas, not an answer.
> Answer it, or leave the text empty.

## the French question in an English roadmap
community: {name: X}
sections:
  core_group:
    answer: Comment amènerez-vous le groupe moteur à piloter la communauté ?

## the question, and then an answer
community: {name: X}
sections:
  core_group:
    answer: |
      How will you get the core group to steer the community?

      Six people meet every second Thursday.

## a question of one's own
community: {name: X}
sections: {core_group: {answer: Who of us will steer?}}

## a question that is an action, or a resource
community: {name: X}
sections:
  results:
    timeline: {month_5: "Whom will you survey, when, and about what?"}
    responsible: A
    resources: "Whom will you survey, when, and about what?"

## a text with a semicolon
community: {name: X}
sections: {core_group: {answer: Six people; they meet every second Thursday}}
"""

UNKNOWN_LANGUAGE = """
## a language without words
community:
  name: X
  language: tlh
> error unknown-language 3:13-3:16 community.language
> There are no words for documents in `tlh` yet.
> There are words in KNOWN. `--words` takes a file with words of yours.

## in capitals, with a script and a region
community: {name: X, language: TLH-Latn-AQ}
> error unknown-language 1:32-1:43 community.language
> There are no words for documents in `TLH-Latn-AQ` yet.
> There are words in KNOWN. `--words` takes a file with words of yours.

## a longer tag that begins like one with words
community: {name: X, language: enm}
> error unknown-language 1:32-1:35 community.language
> There are no words for documents in `enm` yet.
> There are words in KNOWN. `--words` takes a file with words of yours.

## French, of any region
community: {name: X, language: fr-CA}

## English in capitals
community: {name: X, language: EN-GB}

## French in Latin letters
community: {name: X, language: fr-Latn}

## empty is English
community: {name: X, language: }
"""

SILENCED = """
## a warning
community: {name: X}
sections: {vision: {timeline: {month_1: A}}}
lint:
  ignore:
    no-responsible: Assigned in March

## a warning of the text itself
community:
  name: Coders of C #1
lint: {ignore: {cut-text: The number is a remark}}

## an error of the plan, which then is a roadmap
community: {name: X, start: 2026-09}
sections: {vision: {responsible: A, timeline: {month_1: {action: A, due: 2027-10-01}}}}
lint: {ignore: {due-outside-year: The second year has begun}}

## a contradiction, which then is a roadmap
community: {name: X}
creation: {pilot_and_launch: {pilot: {done: true}}}
lint: {ignore: {contradictory-status: The answer is confidential}}

## all findings of the rule, and only of this rule
community: {name: X, summary: 🐝}
sections:
  vision: {timeline: {month_1: A}}
  results: {timeline: {month_1: A}}
lint: {ignore: {no-responsible: Assigned in March}}
> warning missing-glyph 1:31-1:32 community.summary
> No font of the PDF has `🐝`. It prints `[honeybee]`.
> Say it in words, or leave it: the page and the Markdown show it.

## two rules, the reason on several lines
community: {name: X, summary: 🐝}
sections: {vision: {timeline: {month_1: A}}}
lint:
  ignore:
    missing-glyph: |
      We print the page,
      which shows it.
    no-responsible: >-
      Assigned in March

## nothing is silenced
community: {name: X}
lint: {ignore: }

## an empty `lint`
community: {name: X}
lint:

## a silenced warning stays silent beside an error in another place
community:
  name: Coders of C #1
  start: soon
lint: {ignore: {cut-text: The number is a remark}}
> error bad-date 3:10-3:14 community.start
> `soon` is not a month.
> Write year and month with a dash between, such as 2026-09.
"""

IDLE = """
## a rule that finds nothing
community: {name: X}
lint:
  ignore:
    no-responsible: Assigned in March
> warning unused-ignore 4:5-4:19 lint.ignore.no-responsible
> `no-responsible` is silenced, but finds nothing any more.
> Delete this line.

## a rule about what is open, when nothing is
community: {name: X}
lint: {ignore: {no-resources: The sponsor knows them}}
> warning unused-ignore 2:17-2:29 lint.ignore.no-resources
> `no-resources` is silenced, but finds nothing any more.
> Delete this line.

## each of several, beside one that is of use
community: {name: X, summary: 🐝}
lint:
  ignore:
    stops-early: It is a short year
    missing-glyph: We print the page
    cut-text: All remarks
> warning unused-ignore 4:5-4:16 lint.ignore.stops-early
> `stops-early` is silenced, but finds nothing any more.
> Delete this line.
> warning unused-ignore 6:5-6:13 lint.ignore.cut-text
> `cut-text` is silenced, but finds nothing any more.
> Delete this line.

## an empty reason silences nothing
community: {name: X}
sections: {vision: {timeline: {month_1: A}}}
lint:
  ignore:
    no-responsible:
> warning no-responsible 2:12-2:18 sections.vision
> `vision` plans one action, and nobody is responsible.
> Write `responsible:` and a role, such as Core group.
> warning ignore-without-reason 5:5-5:19 lint.ignore.no-responsible
> `no-responsible` is not silenced: the reason is missing.
> Write the reason behind the colon, or delete the line.

## blanks are no reason
community: {name: X}
sections: {vision: {timeline: {month_1: A}}}
lint: {ignore: {no-responsible: " \\t"}}
> warning no-responsible 2:12-2:18 sections.vision
> `vision` plans one action, and nobody is responsible.
> Write `responsible:` and a role, such as Core group.
> warning ignore-without-reason 3:17-3:31 lint.ignore.no-responsible
> `no-responsible` is not silenced: the reason is missing.
> Write the reason behind the colon, or delete the line.

## without a reason and of no use is one thing to say
community: {name: X}
lint: {ignore: {stops-early: ""}}
> warning ignore-without-reason 2:17-2:28 lint.ignore.stops-early
> `stops-early` is not silenced: the reason is missing.
> Write the reason behind the colon, or delete the line.

## an error without a reason stays an error
community: {name: X, start: 2026-09}
sections: {vision: {responsible: A, timeline: {month_1: {action: A, due: 2027-10-01}}}}
lint: {ignore: {due-outside-year: }}
> error due-outside-year 2:74-2:84 sections.vision.timeline.month_1.due
> 2027-10-01 is not in the roadmap's year, which is 2026-09 to 2027-08.
> Check the year of the date, and `start` of the community.
> warning ignore-without-reason 3:17-3:33 lint.ignore.due-outside-year
> `due-outside-year` is not silenced: the reason is missing.
> Write the reason behind the colon, or delete the line.
"""

NOT_SILENCED = """
## a misspelt rule
community: {name: X}
lint:
  ignore:
    no-responsibl: Assigned in March
> error unknown-key 4:5-4:18 lint.ignore.no-responsibl
> `no-responsibl` is not a rule that can be silenced.
> Did you mean `no-responsible`?

## a rule in other letters
community: {name: X}
lint: {ignore: {No Responsible: Assigned in March}}
> error unknown-key 2:17-2:31 lint.ignore.No Responsible
> `No Responsible` is not a rule that can be silenced.
> Did you mean `no-responsible`?

## an unheard-of rule
community: {name: X}
lint: {ignore: {foo: Why not}}
> error unknown-key 2:17-2:20 lint.ignore.foo
> `foo` is not a rule that can be silenced.

## a rule that cannot be silenced
community: {name: X}
lint: {ignore: {unknown-key: We like our keys}}
> error unknown-key 2:17-2:28 lint.ignore.unknown-key
> `unknown-key` is not a rule that can be silenced.
> Only what is a matter of opinion can be. `coproadmap rules` tells about each.

## a rule about silencing
community: {name: X}
lint: {ignore: {unused-ignore: For later}}
> error unknown-key 2:17-2:30 lint.ignore.unused-ignore
> `unused-ignore` is not a rule that can be silenced.
> Only what is a matter of opinion can be. `coproadmap rules` tells about each.

## a misspelt `ignore`
community: {name: X}
lint: {ignored: {no-plan: A}}
> error unknown-key 2:8-2:15 lint.ignored
> `ignored` is not a key of `lint`.
> Did you mean `ignore`?

## a list of rules, without reasons
community: {name: X}
lint:
  ignore: [no-responsible]
> error wrong-type 3:11-3:27 lint.ignore
> `ignore` needs keys such as `cut-text:` here, not a list.
> Write each rule with its reason, such as `no-responsible: Assigned in March`.

## a single rule
community: {name: X}
lint: {ignore: no-responsible}
> error wrong-type 2:16-2:30 lint.ignore
> `ignore` needs keys such as `cut-text:` here, not text.
> Write each rule with its reason, such as `no-responsible: Assigned in March`.

## a text
community: {name: X}
lint: no-responsible
> error wrong-type 2:7-2:21 lint
> `lint` needs keys such as `ignore:` here, not text.

## a truth as a reason
community: {name: X}
lint: {ignore: {no-responsible: true}}
> error wrong-type 2:33-2:37 lint.ignore.no-responsible
> `no-responsible` needs text here, not true or false.
> Write the reason behind the colon.

## a number as a reason
community: {name: X}
lint: {ignore: {no-responsible: 3}}
> error wrong-type 2:33-2:34 lint.ignore.no-responsible
> `no-responsible` needs text here, not a number.
> Write the reason behind the colon.

## a list of reasons
community: {name: X}
lint: {ignore: {no-responsible: [A, B]}}
> error wrong-type 2:33-2:39 lint.ignore.no-responsible
> `no-responsible` needs text here, not a list.
> Write the reason behind the colon.

## a rule that is not below `ignore`
community: {name: X}
lint: {no-plan: We plan in March}
> error unknown-key 2:8-2:15 lint.no-plan
> `no-plan` is not a key of `lint`.
> `no-plan` belongs under `ignore:` in `lint:`.

## `ignore` at the left margin
community: {name: X}
ignore: {no-plan: We plan in March}
> error unknown-key 2:1-2:7 ignore
> `ignore` is not a key of the roadmap.
> `ignore` belongs under `lint:`.
"""

MISSING_GLYPH = """
## an emoji in the name: the finding points at the very character
community: {name: Bees 🎉 and flowers 🎉}
> warning missing-glyph 1:24-1:25 community.name
> No font of the PDF has `🎉`. It prints `[party popper]`.
> Say it in words, or leave it: the page and the Markdown show it.

## more than three in a text over several lines
community: {name: X}
sections:
  vision:
    answer: |
      Ours since 2020,
      in 🐄🐕🐄🐝🎉
> warning missing-glyph 6:10-6:11 sections.vision.answer
> No font of the PDF has `🐄`, `🐕`, `🐝` and 1 more. It prints `[cow]`, `[dog]`, `[honeybee]`, ….
> Say it in words, or leave it: the page and the Markdown show it.

## written by its number: all of the text is pointed at
community: {name: X, summary: "a\\U0001F389b"}
> warning missing-glyph 1:31-1:45 community.summary
> No font of the PDF has `🎉`. It prints `[party popper]`.
> Say it in words, or leave it: the page and the Markdown show it.

## by an alias
community: {name: &name Bees 🐝}
ambitions: {short_term: *name}
> warning missing-glyph 1:30-1:31 community.name
> No font of the PDF has `🐝`. It prints `[honeybee]`.
> Say it in words, or leave it: the page and the Markdown show it.
> warning missing-glyph 2:25-2:30 ambitions.short_term
> No font of the PDF has `🐝`. It prints `[honeybee]`.
> Say it in words, or leave it: the page and the Markdown show it.

## in a review that is shown; of five reviews, the earliest is not
community: {name: X}
reviews:
  - {date: 2026-01-01, note: 🐄, ratings: {vision: 3}}
  - {date: 2026-05-01, by: [Ann, 🎉], ratings: {vision: 3}}
  - {date: 2026-02-01, note: 🐝, ratings: {vision: 3}}
  - {date: 2026-03-01, ratings: {vision: 3}}
  - {date: 2026-04-01, ratings: {vision: 3}}
> warning missing-glyph 4:34-4:35 reviews[1].by[1]
> No font of the PDF has `🎉`. It prints `[party popper]`.
> Say it in words, or leave it: the page and the Markdown show it.
> warning missing-glyph 5:30-5:31 reviews[2].note
> No font of the PDF has `🐝`. It prints `[honeybee]`.
> Say it in words, or leave it: the page and the Markdown show it.

## letters of Europe, punctuation, and what another character says as well
community: {name: "Œuvre Ωμέγα Жизнь Đặng „–…“ € ✓ ✔ ① ㎡ 🇫🇷 a‑b é ӓ"}

## invisible signs
community: {name: "a\\u00ad\\u200d\\u2009\\ufe0fb"}

## in a remark, and in a reason, which are not printed
community: {name: X} # 🎉
lint: {ignore: {missing-glyph: We 🎉}}
> warning unused-ignore 2:17-2:30 lint.ignore.missing-glyph
> `missing-glyph` is silenced, but finds nothing any more.
> Delete this line.
"""

# ── how a case is read ───────────────────────────────────────────────────────────────────────────

HEAD = re.compile(r"(error|warning|info) ([a-z-]+) (\d+):(\d+)-(\d+):(\d+) ?(.*)")

Findings = tuple[Diagnostic, ...]


def read(text: str) -> Examined:
    return examine(text.encode(), "r.yaml")


def findings(said: Iterable[str], text: str) -> Findings:
    """Make whole diagnostics of what a case says about a text."""
    blocks: list[list[str]] = []
    for line in said:
        if HEAD.fullmatch(line):
            blocks.append([])
        blocks[-1].append(line)
    return tuple(finding(text, *block) for block in blocks)


def finding(text: str, head: str, message: str, hint: str | None = None) -> Diagnostic:
    matched = HEAD.fullmatch(head)
    assert matched, head
    severity, rule, *at, path = matched.groups()
    place = Place(*map(int, at))
    excerpt = text.split("\n")[place.line - 1]
    return Diagnostic(rule, Severity(severity), message, "r.yaml", place, path, hint, excerpt)


def case(text: str) -> object:
    """Make a parameter set of one case: the file and what is said about it."""
    name, *lines = text.strip().split("\n")
    file = "".join(f"{line}\n" for line in lines if not line.startswith("> "))
    known = ", ".join(tags.known())
    told = (line.removeprefix("> ") for line in lines if line.startswith("> "))
    return pytest.param(file, [line.replace("KNOWN", known) for line in told], id=name)


def cases(*tables: str) -> list[object]:
    return [case(text) for table in tables for text in table.split("\n## ")[1:]]


def same(examined: Examined, expected: Findings) -> None:
    """Compare findings whole; a file is a roadmap unless one of them is an error."""
    has_error = any(found.severity is Severity.ERROR for found in expected)
    assert (examined.diagnostics, examined.roadmap is None) == (expected, has_error)


# ── each rule: when it speaks, what it says and where, and when it is silent ─────────────────────


@pytest.mark.parametrize(("text", "said"), cases(CONTRADICTORY_STATUS))
def test_a_status_may_not_contradict_what_stands_beside_it(text: str, said: list[str]) -> None:
    same(read(text), findings(said, text))


@pytest.mark.parametrize(("text", "said"), cases(DUE_DATES))
def test_a_due_date_lies_in_the_year_and_in_the_period_of_its_action(
    text: str, said: list[str]
) -> None:
    same(read(text), findings(said, text))


@pytest.mark.parametrize(("text", "said"), cases(NO_RESPONSIBLE))
def test_somebody_is_responsible_for_what_is_planned(text: str, said: list[str]) -> None:
    same(read(text), findings(said, text))


@pytest.mark.parametrize(("text", "said"), cases(AMBITION_WITHOUT_ACTIONS))
def test_an_ambition_has_actions_in_its_months(text: str, said: list[str]) -> None:
    same(read(text), findings(said, text))


@pytest.mark.parametrize(("text", "said"), cases(STOPS_EARLY))
def test_a_plan_of_several_actions_goes_beyond_the_first_quarter(
    text: str, said: list[str]
) -> None:
    same(read(text), findings(said, text))


@pytest.mark.parametrize(("text", "said"), cases(ACTION_WITHOUT_TEXT))
def test_an_action_says_what_will_be_done(text: str, said: list[str]) -> None:
    same(read(text), findings(said, text))


@pytest.mark.parametrize(("text", "said"), cases(REVIEWS))
def test_a_review_has_a_day_of_its_own_and_rates_something(text: str, said: list[str]) -> None:
    same(read(text), findings(said, text))


@pytest.mark.parametrize(("text", "said"), cases(REPEATED_TEXT))
def test_a_text_stands_in_one_place(text: str, said: list[str]) -> None:
    same(read(text), findings(said, text))


@pytest.mark.parametrize(("text", "said"), cases(QUESTION_AS_ANSWER))
def test_a_question_of_the_canvas_is_no_answer(text: str, said: list[str]) -> None:
    same(read(text), findings(said, text))


@pytest.mark.parametrize(("text", "said"), cases(UNKNOWN_LANGUAGE))
def test_a_language_has_words(text: str, said: list[str]) -> None:
    same(read(text), findings(said, text))


@pytest.mark.parametrize(("text", "said"), cases(MISSING_GLYPH))
def test_a_character_that_the_pdf_cannot_show_is_named(text: str, said: list[str]) -> None:
    same(read(text), findings(said, text))


EVERY_TEXT = """
community: {name: 🎉, summary: 🎉}
sections:
  vision:
    answer: 🎉
    responsible: [A, 🎉]
    resources: 🎉
    timeline: {month_1: 🎉, month_2: [A, {action: 🎉, responsible: [A, 🎉]}]}
ambitions: {short_term: 🎉}
creation: {pilot_and_launch: {pilot: 🎉, launch: {answer: 🎉}}}
"""


def test_all_texts_of_a_roadmap_are_looked_through_for_what_the_pdf_cannot_show() -> None:
    found = read(EVERY_TEXT).diagnostics
    assert {each.rule for each in found} == {"missing-glyph"}
    lines = EVERY_TEXT.split("\n")
    places = [each.place for each in found if each.place]
    assert [lines[at.line - 1][at.column - 1] for at in places] == ["🎉"] * len(found)
    assert len({*places}) == EVERY_TEXT.count("🎉")


def test_every_rule_that_can_be_silenced_has_cases_here() -> None:
    tables = (
        *(CONTRADICTORY_STATUS, DUE_DATES, NO_RESPONSIBLE, AMBITION_WITHOUT_ACTIONS, STOPS_EARLY),
        *(ACTION_WITHOUT_TEXT, REPEATED_TEXT, QUESTION_AS_ANSWER, UNKNOWN_LANGUAGE, OPEN, IDLE),
        *(MISSING_GLYPH, REVIEWS),
    )
    said = {rule for text in tables for rule in re.findall(r"(?m)^> \w+ ([a-z-]+) \d", text)}
    # Of many sections together, and of the text itself: below, and in the tests of the source.
    elsewhere = {"actions-without-ambition", "cut-text", "stale-translation"}
    always = {"unused-ignore", "ignore-without-reason", "duplicate-review", "unknown-language"}
    assert said | elsewhere == {*rules.OPTIONAL, *always}


# ── due dates: every period ──────────────────────────────────────────────────────────────────────

# A year that begins in September: each period's first and last day, and how it is named.
SCHOOL_YEAR = [
    ("month_1", "2026-09-01", "2026-09-30", "2026-09"),
    ("month_2", "2026-10-01", "2026-10-31", "2026-10"),
    ("month_3", "2026-11-01", "2026-11-30", "2026-11"),
    ("month_4", "2026-12-01", "2026-12-31", "2026-12"),
    ("month_5", "2027-01-01", "2027-01-31", "2027-01"),
    ("month_6", "2027-02-01", "2027-02-28", "2027-02"),
    ("months_7_to_9", "2027-03-01", "2027-05-31", "2027-03 to 2027-05"),
    ("months_10_to_12", "2027-06-01", "2027-08-31", "2027-06 to 2027-08"),
]


def due(period: str, *days: str) -> str:
    """Write a file with one section for each due date, so that no other rule has a say."""
    lines = ["community: {name: X, start: 2026-09}", "sections:"]
    for key, day in zip(canvas.SECTION_KEYS, days, strict=False):
        lines += [
            f"  {key}:",
            "    responsible: R",
            "    timeline:",
            f"      {period}: {{action: A, due: {day}}}",
        ]
    return "\n".join((*lines, ""))


def next_day(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


@pytest.mark.parametrize(("period", "first", "last", "months"), SCHOOL_YEAR)
def test_the_first_and_the_last_day_of_a_period_are_in_it(
    period: str, first: str, last: str, months: str
) -> None:
    assert read(due(period, first, last)).diagnostics == (), months


@pytest.mark.parametrize(("period", "first", "last", "months"), SCHOOL_YEAR)
def test_the_days_around_a_period_are_outside_of_it_or_of_the_year(
    period: str, first: str, last: str, months: str
) -> None:
    days = next_day(first, -1), next_day(last, 1)
    text = due(period, *days)
    column = len(f"      {period}: {{action: A, due: ") + 1
    said: list[str] = []
    for key, line, day in zip(("vision", "community_purpose"), (6, 10), days, strict=True):
        where = f"{line}:{column}-{line}:{column + 10} sections.{key}.timeline.{period}.due"
        if "2026-09-01" <= day <= "2027-08-31":
            said += [
                f"warning due-outside-period {where}",
                f"{day} is not in `{period}`, which is {months}.",
                "Change the date, or move the action to the period of its date.",
            ]
        else:
            said += [
                f"error due-outside-year {where}",
                f"{day} is not in the roadmap's year, which is 2026-09 to 2027-08.",
                "Check the year of the date, and `start` of the community.",
            ]
    same(read(text), findings(said, text))


def test_every_section_is_looked_at() -> None:
    found = read(due("month_2", *["2026-09-30"] * 24)).diagnostics
    assert [each.path for each in found if each.rule == "due-outside-period"] == [
        f"sections.{key}.timeline.month_2.due" for key in canvas.SECTION_KEYS
    ]


# ── ambitions: every span ────────────────────────────────────────────────────────────────────────

# Each period, and the ambition whose months it belongs to.
AMBITION_OF = {
    "month_1": "short_term",
    "month_2": "short_term",
    "month_3": "short_term",
    "month_4": "medium_term",
    "month_5": "medium_term",
    "month_6": "medium_term",
    "months_7_to_9": "long_term",
    "months_10_to_12": "long_term",
}
MONTHS = {
    "short_term": "months 1 to 3",
    "medium_term": "months 4 to 6",
    "long_term": "months 7 to 12",
}


def planned(*timelines: str) -> str:
    """Write a file with a section for each timeline."""
    lines = ["community: {name: X}", "sections:"]
    for key, timeline in zip(canvas.SECTION_KEYS, timelines, strict=False):
        lines.append(f"  {key}: {{responsible: R, timeline: {{{timeline}}}}}")
    return "\n".join((*lines, ""))


@pytest.mark.parametrize("period", canvas.PERIOD_KEYS)
def test_an_action_serves_the_ambition_of_its_months_and_no_other(period: str) -> None:
    written = "ambitions:\n  short_term: A\n  medium_term: B\n  long_term: C\n"
    text = planned(*[f"{period}: A"] * 8) + written
    said: list[str] = []
    for line, (span, months) in enumerate(MONTHS.items(), 12):
        if span != AMBITION_OF[period]:
            where = f"{line}:3-{line}:{3 + len(span)}"
            said += [
                f"warning ambition-without-actions {where} ambitions.{span}",
                f"`{span}` has no action in its {months}.",
                "Plan what will bring it about, or change the ambition.",
            ]
    same(read(text), findings(said, text))


@pytest.mark.parametrize("period", canvas.PERIOD_KEYS)
def test_eight_sections_in_the_months_of_an_ambition_call_for_it(period: str) -> None:
    span = AMBITION_OF[period]
    text = planned(*[f"{period}: A"] * 8) + f"ambitions:\n  {span}: ''\n"
    said = [
        f"warning actions-without-ambition 12:3-12:{3 + len(span)} ambitions.{span}",
        f"8 sections have actions in {MONTHS[span]}, without an ambition.",
        f"Write `{span}:` under `ambitions:`.",
    ]
    same(read(text), findings(said, text))


@pytest.mark.parametrize(
    ("timelines", "sections"),
    [
        pytest.param(["month_1: A"] * 3 + ["month_2: A"] * 3 + ["month_3: A"] * 2, 8, id="spread"),
        pytest.param(["month_3: {action: A, status: done}"] * 8, 8, id="all done"),
        pytest.param(["month_1: A, month_5: B"] * 7 + ["month_3: A"], 8, id="besides others"),
        pytest.param(["month_2: A"] * 24, 24, id="all sections"),
    ],
)
def test_eight_sections_or_more_count_wherever_their_actions_lie_in_the_months(
    timelines: list[str], sections: int
) -> None:
    text = planned(*timelines)
    # Where the file has no `ambitions`, there is no place to point at but its beginning.
    said = [
        "warning actions-without-ambition 1:1-1:1",
        f"{sections} sections have actions in months 1 to 3, without an ambition.",
        "Write `short_term:` under `ambitions:`.",
    ]
    same(read(text), findings(said, text))


def test_an_ambition_that_the_file_does_not_name_is_missed_at_the_ambitions() -> None:
    text = planned(*["month_1: A"] * 8) + "ambitions:\n"
    said = [
        "warning actions-without-ambition 11:1-11:10 ambitions",
        "8 sections have actions in months 1 to 3, without an ambition.",
        "Write `short_term:` under `ambitions:`.",
    ]
    same(read(text), findings(said, text))


@pytest.mark.parametrize(
    "timelines",
    [
        pytest.param(["month_1: A"] * 7, id="seven sections"),
        pytest.param(["month_1: A, month_4: B"] * 7, id="seven sections, twice"),
        pytest.param(["month_1: [A, B], month_6: C"] + ["month_1: A"] * 6, id="eight actions"),
        pytest.param(["month_3: A"] * 7 + ["month_4: A"] * 7, id="on both sides of a border"),
        pytest.param(["month_6: A"] * 7 + ["months_7_to_9: A"] * 7, id="of the other border"),
        pytest.param(["month_1: A"] * 7 + ["month_1: {action: A, status: dropped}"], id="dropped"),
        pytest.param(["month_1: A"] * 7 + ["month_1: ['', ~]"], id="empty"),
        pytest.param([], id="nothing planned"),
    ],
)
def test_fewer_than_eight_sections_call_for_no_ambition(timelines: list[str]) -> None:
    same(read(planned(*timelines)), ())


def test_where_the_ambition_is_written_the_months_may_be_full() -> None:
    same(read(planned(*["month_1: A"] * 24) + "ambitions: {short_term: A}\n"), ())


# ── questions of the canvas: every language ──────────────────────────────────────────────────────


def all_questions(language: str) -> dict[str, str]:
    """Return each question by the path of its answer."""
    words = catalogue.load(language).words
    return {
        **{f"sections.{key}.answer": each["question"] for key, each in words["sections"].items()},
        **{f"ambitions.{key}": each["question"] for key, each in words["ambitions"].items()},
        **{
            f"creation.{step}.{key}": each["question"]
            for step, of_step in words["creation"].items()
            for key, each in of_step["items"].items()
        },
    }


def nested(leaves: dict[str, str]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path, text in leaves.items():
        *steps, last = path.split(".")
        branch = tree
        for step in steps:
            branch = branch.setdefault(step, {})
        branch[last] = text
    return tree


def as_file(data: dict[str, Any]) -> str:
    """Write each part of a roadmap on a line of its own. JSON is YAML."""
    return "".join(f"{key}: {json.dumps(part, ensure_ascii=False)}\n" for key, part in data.items())


@pytest.mark.parametrize("language", tags.known())
@pytest.mark.parametrize("change", [str, str.upper], ids=["as it stands", "in capitals"])
def test_every_question_of_the_canvas_is_recognised(language: str, change: Any) -> None:
    questions = all_questions(language)
    asked = nested({path: change(text) for path, text in questions.items()})
    found = read(as_file({"community": {"name": "X", "language": language}} | asked)).diagnostics
    assert [(each.rule, each.path) for each in found] == [
        ("question-as-answer", path) for path in questions
    ]
    assert len(questions) == 24 + 3 + 33


# ── what is not filled in yet ────────────────────────────────────────────────────────────────────

# A file that fills in everything, each section, ambition and item on a line of its own.
_SECTION = "{answer: Text of NAME, timeline: {month_6: A}, responsible: R, resources: R}"
COMPLETE: dict[str, str] = {
    "community": "community: {name: X}",
    "sections": "sections:",
    **{key: f"  {key}: {_SECTION.replace('NAME', key)}" for key in canvas.SECTION_KEYS},
    "ambitions": "ambitions:",
    **{key: f"  {key}: Reached" for key in canvas.AMBITION_KEYS},
    "creation": "creation:",
    **{
        line: text
        for step, items in canvas.STEP_ITEMS.items()
        for line, text in {
            step: f"  {step}:",
            **{key: f"    {key}: {{answer: Text of {key}, done: true}}" for key in items},
        }.items()
    },
}
COMPLETE["lint"] = "lint:"
# Every ambition wants an action in its months.
COMPLETE["results"] = COMPLETE["results"].replace(
    "month_6: A", "month_1: A, month_6: B, months_10_to_12: C"
)


def complete_but(changed: str) -> str:
    """Write the complete file, with other lines instead of those of the same keys."""
    lines = {line.split(":")[0].strip(): line for line in changed.splitlines()}
    assert lines.keys() <= COMPLETE.keys()
    return "".join(f"{line}\n" for line in (COMPLETE | lines).values() if "DELETED" not in line)


OPEN = """
## nothing is open

## no answer
  vision: {timeline: {month_6: A}, responsible: R, resources: R}
> info no-answer 3:3-3:9 sections.vision.answer
> `vision` has no answer yet.

## an empty answer
  vision: {answer: " ", timeline: {month_6: A}, responsible: R, resources: R}
> info no-answer 3:12-3:18 sections.vision.answer
> `vision` has no answer yet.

## no timeline: resources are not asked for, either
  vision: {answer: A}
> info no-plan 3:3-3:9 sections.vision.timeline
> `vision` has no actions yet.

## an empty timeline, with resources
  vision: {answer: A, timeline: {month_1: , month_2: ["", ~]}, responsible: R, resources: R}
> info no-plan 3:23-3:31 sections.vision.timeline
> `vision` has no actions yet.

## all actions are dropped
  vision: {answer: A, timeline: {month_6: {action: A, status: dropped}}, responsible: R}
> info no-plan 3:23-3:31 sections.vision.timeline
> `vision` has no actions yet.

## actions that are done are a plan
  vision: {answer: A, timeline: {month_6: {action: A, status: done}}, responsible: R, resources: R}

## no resources
  vision: {answer: A, timeline: {month_6: A}, responsible: R}
> info no-resources 3:3-3:9 sections.vision.resources
> `vision` names no resources yet.

## empty resources
  vision: {answer: A, timeline: {month_6: A}, responsible: R, resources: ["", ~]}
> info no-resources 3:63-3:72 sections.vision.resources
> `vision` names no resources yet.

## an empty section
  vision:
> info no-answer 3:3-3:9 sections.vision.answer
> `vision` has no answer yet.
> info no-plan 3:3-3:9 sections.vision.timeline
> `vision` has no actions yet.

## a section that the file does not name
  vision: DELETED
> info no-answer 2:1-2:9 sections.vision.answer
> `vision` has no answer yet.
> info no-plan 2:1-2:9 sections.vision.timeline
> `vision` has no actions yet.

## an empty ambition
  short_term: ""
> info no-ambition 28:3-28:13 ambitions.short_term
> `short_term` is not written yet.

## an ambition that the file does not name
  long_term: DELETED
> info no-ambition 27:1-27:10 ambitions.long_term
> `long_term` is not written yet.

## an item with an answer need not be settled
    audience: The stewards
    domain: {answer: Reusable data, done: false}

## an item with a blank answer
    audience: {answer: " ", done: false}
> info creation-open 33:5-33:13 creation.identify_community.audience
> `audience` has no answer yet.

## an empty item
    audience: ""
> info creation-open 33:5-33:13 creation.identify_community.audience
> `audience` has no answer yet.

## an item that the file does not name
    audience: DELETED
> info creation-open 32:3-32:21 creation.identify_community.audience
> `audience` has no answer yet.

## one of two is silenced
  vision: {timeline: {month_6: A}, responsible: R}
lint: {ignore: {no-resources: The sponsor knows them}}
> info no-answer 3:3-3:9 sections.vision.answer
> `vision` has no answer yet.
"""


@pytest.mark.parametrize(("changed", "said"), cases(OPEN))
def test_what_is_not_filled_in_is_a_gap_and_no_finding(changed: str, said: list[str]) -> None:
    text = complete_but(changed)
    examined = read(text)
    assert (examined.gaps, examined.diagnostics) == (findings(said, text), ())
    assert examined.roadmap


def test_of_a_blank_roadmap_all_is_open_at_the_beginning_of_the_file() -> None:
    text = "community: {name: X}\n"
    items = [f"{step}.{key}" for step, keys in canvas.STEP_ITEMS.items() for key in keys]
    expected = (
        *((f"creation.{each}", "creation-open") for each in items),
        *((f"ambitions.{key}", "no-ambition") for key in canvas.AMBITION_KEYS),
        *((f"sections.{key}.answer", "no-answer") for key in canvas.SECTION_KEYS),
        *((f"sections.{key}.timeline", "no-plan") for key in canvas.SECTION_KEYS),
    )
    examined = read(text)
    assert examined.diagnostics == ()
    assert [(gap.path, gap.rule) for gap in examined.gaps] == list(expected)
    assert {gap.place for gap in examined.gaps} == {Place(1, 1, 1, 1)}


def test_of_a_file_with_faults_of_the_format_nothing_is_said_to_be_open() -> None:
    assert read("community: {name: X}\nfoo: 1\n").gaps == ()


def test_of_a_file_with_errors_it_is_not_said_what_is_open() -> None:
    examined = read("community: {name: X}\ncreation: {pilot_and_launch: {pilot: {done: true}}}\n")
    assert (examined.roadmap, examined.gaps) == (None, ())


# ── silencing ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("text", "said"), cases(SILENCED))
def test_a_rule_that_is_silenced_with_a_reason_is_silent(text: str, said: list[str]) -> None:
    same(read(text), findings(said, text))


@pytest.mark.parametrize(("text", "said"), cases(IDLE))
def test_a_silencing_without_use_or_reason_is_told(text: str, said: list[str]) -> None:
    same(read(text), findings(said, text))


@pytest.mark.parametrize(("text", "said"), cases(NOT_SILENCED))
def test_only_rules_that_can_be_silenced_are_silenced_by_a_reason(
    text: str, said: list[str]
) -> None:
    same(read(text), findings(said, text))


def test_a_rule_about_what_is_open_is_silenced_like_any_other() -> None:
    examined = read("community: {name: X}\nlint: {ignore: {no-ambition: In March}}\n")
    rules_left = Counter(gap.rule for gap in examined.gaps)
    assert (examined.diagnostics, rules_left) == (
        (),
        Counter({"creation-open": 33, "no-answer": 24, "no-plan": 24}),
    )


# ── the examples ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "open_parts"),
    [
        pytest.param(
            "minimal",
            {
                "creation-open": 33,
                "no-answer": 23,
                "no-plan": 23,
                "no-ambition": 3,
                "no-resources": 1,
            },
            id="minimal",
        ),
        pytest.param("open-data-stewards", {}, id="open-data-stewards"),
        pytest.param("soins-de-la-douleur", {}, id="soins-de-la-douleur"),
    ],
)
def test_the_examples_have_no_findings_and_only_these_gaps(
    name: str, open_parts: dict[str, int]
) -> None:
    examined = examine((EXAMPLES / f"{name}.yaml").read_bytes(), name)
    assert (examined.diagnostics, Counter(gap.rule for gap in examined.gaps)) == ((), open_parts)


# ── every roadmap ────────────────────────────────────────────────────────────────────────────────

_LONG = "Every dataset can be reused on the day that it appears"
_QUESTION = "How will you get the core group to steer the community?"
_TEXT = st.sampled_from(["", " ", "Draft it", "draft IT.", _LONG, f"*{_LONG}*", _QUESTION]) | (
    st.text(st.characters(categories=("L", "M", "N", "P", "S")), max_size=40)
)
_DAY = st.sampled_from(["", "2026-09-01", "2026-10-15", "2027-08-31", "2027-09-01", "1999-12-31"])
_NOBODY_OR = st.sampled_from(["", "Core group", ["", "Sponsor"], [], [""]])
_ACTION = st.one_of(
    _TEXT,
    st.none(),
    st.fixed_dictionaries(
        {"action": _TEXT},
        optional={
            "status": st.sampled_from(["", "planned", "in_progress", "done", "dropped"]),
            "responsible": _NOBODY_OR,
            "due": _DAY,
        },
    ),
)
_ROW = st.fixed_dictionaries(
    {},
    optional={
        "answer": _TEXT,
        "timeline": st.dictionaries(
            st.sampled_from(canvas.PERIOD_KEYS), _ACTION | st.lists(_ACTION, max_size=3), max_size=4
        ),
        "responsible": _NOBODY_OR,
        "resources": _NOBODY_OR,
    },
)
_ITEM = _TEXT | st.fixed_dictionaries({}, optional={"answer": _TEXT, "done": st.booleans()})
_REVIEW = st.fixed_dictionaries(
    {"date": _DAY.filter(bool)},
    optional={
        "by": _NOBODY_OR,
        "ratings": st.dictionaries(
            st.sampled_from(canvas.SECTION_KEYS), st.sampled_from([*canvas.RATINGS, None])
        ),
        "note": _TEXT,
    },
)
# Valid roadmaps as data, rich in what the rules look for.
ROADMAPS = st.fixed_dictionaries(
    {
        "community": st.fixed_dictionaries(
            {"name": st.just("X")},
            optional={
                "start": st.sampled_from(["", "2026-09", "2027-01", "2199-12"]),
                "language": st.sampled_from(["", "en", "fr", "fr-CA"]),
            },
        ),
    },
    optional={
        "reviews": st.lists(_REVIEW | st.none(), max_size=3),
        "sections": st.dictionaries(st.sampled_from(canvas.SECTION_KEYS), _ROW, max_size=12),
        "ambitions": st.dictionaries(st.sampled_from(canvas.AMBITION_KEYS), _TEXT),
        "creation": st.fixed_dictionaries(
            {},
            optional={
                step: st.dictionaries(st.sampled_from(items), _ITEM, max_size=3)
                for step, items in canvas.STEP_ITEMS.items()
            },
        ),
    },
)
LISTED = settings(max_examples=100, deadline=None)


@LISTED
@given(ROADMAPS)
def test_of_every_roadmap_the_rules_speak_only_where_they_may_be_silenced(
    data: dict[str, Any],
) -> None:
    roadmap = Roadmap.model_validate(data)
    assert {found.rule for found in check(roadmap)} <= {*rules.OPTIONAL, "duplicate-review"}
    open_rules = {found.rule for found in gaps(roadmap)}
    assert {rules.RULES[rule].severity for rule in open_rules} <= {Severity.INFO}
    assert list(ignores(roadmap, ())) == []


@LISTED
@given(ROADMAPS)
def test_every_roadmap_is_examined_to_the_end(data: dict[str, Any]) -> None:
    text = as_file(data)
    examined = read(text)
    found = (*examined.diagnostics, *examined.gaps)
    assert examined.diagnostics == in_file_order(examined.diagnostics)
    assert {gap.severity for gap in examined.gaps} <= {Severity.INFO}
    assert (examined.roadmap is None) == any(one.is_error for one in examined.diagnostics)
    lines = text.split("\n")
    assert [one.excerpt for one in found] == [
        lines[one.place.line - 1] if one.place else "" for one in found
    ]


@LISTED
@given(ROADMAPS, st.sampled_from(rules.OPTIONAL))
def test_silencing_a_rule_removes_its_findings_and_nothing_else(
    data: dict[str, Any], rule: str
) -> None:
    before, text = read(as_file(data)), as_file(data | {"lint": {"ignore": {rule: "So be it"}}})
    # More than 200 findings are cut short, and then others come into sight.
    assume(len(before.diagnostics) <= 200)
    after = read(text)
    found = {each.rule for each in (*before.diagnostics, *before.gaps)}
    # Of a file with errors it is not said what is open, though that can be silenced.
    assume(before.roadmap or rules.RULES[rule].severity is not Severity.INFO)
    idle = [each for each in after.diagnostics if each.rule == "unused-ignore"]
    assert [each.path for each in idle] == ([] if rule in found else [f"lint.ignore.{rule}"])
    if before.roadmap:
        assert after.gaps == tuple(gap for gap in before.gaps if gap.rule != rule)
    assert after.diagnostics == in_file_order(
        [*(each for each in before.diagnostics if each.rule != rule), *idle]
    )
    assert (after.roadmap is None) == any(each.is_error for each in after.diagnostics)
