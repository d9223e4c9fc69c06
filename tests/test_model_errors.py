"""What the model finds wrong is said in plain words, at the place that is meant.

Each case is a small file, then what is said about it: severity, rule, place and path on one line,
the message, and the hint if there is one.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from cop_roadmap import canvas, model_errors, rules, source, tags
from cop_roadmap.diagnostics import Diagnostic, in_file_order
from cop_roadmap.roadmap import Roadmap
from tests.test_schema import Data, mutated

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

## misspelt, of the languages of a text
community: {name: {en: Bees, fra: Abeilles}}
> error unknown-key 1:30-1:33 community.name.fra
> `fra` is not a language that there are words for.
> Did you mean `fr`?

## a word that is no language
community: {name: {en: Bees, french language: Abeilles}}
> error unknown-key 1:30-1:45 community.name.french language
> `french language` is not a language that there are words for.
> There are words in KNOWN.

## languages beside the keys of an action
community: {name: X}
sections: {vision: {timeline: {month_1: {en: Meet, status: done}}}}
> error unknown-key 2:42-2:44 sections.vision.timeline.month_1.en
> `en` is not a key of an action.
> Write the languages under `action:`, such as `{en: Vision, fr: Vision}`.

## a number in a language
community: {name: {en: 3, fr: [A]}}
> error wrong-type 1:24-1:25 community.name.en
> `en` needs text here, not a number.
> Put it in quotes: "3"
> error wrong-type 1:31-1:34 community.name.fr
> `fr` needs text here, not a list.
> If this is text with a colon, brackets or a dash, put it in quotes.

## a note of translations that nobody wrote
community: {name: X}
translations: soon
> error bad-value 2:15-2:19 translations
> `soon` is not what `coproadmap translated` writes.
> Delete it, and run `coproadmap translated` again.

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
> There are `community`, `sections`, `ambitions`, `creation`, `reviews`, `document`, `lint`.

## unheard of, in the community
community: {name: X, foo: 1}
> error unknown-key 1:22-1:25 community.foo
> `foo` is not a key of `community`.
> There are `name`, `summary`, `sponsor`, `facilitator`, `start`, `review_every`, `language`.

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
> There are `community`, `sections`, `ambitions`, `creation`, `reviews`, `document`, `lint`.

## unheard of, in the look
community: {name: X}
document: {picture: a.png}
> error unknown-key 2:12-2:19 document.picture
> `picture` is not a key of `document`.
> There are `colours`, `font`, `logo_text`, `logo`, `footer`.

## of the look, at the left margin
community: {name: X}
footer: Licence
> error unknown-key 2:1-2:7 footer
> `footer` is not a key of the roadmap.
> `footer` belongs under `document:`.

## a colour by its name
community: {name: X}
document: {colours: {ink: black}}
> error bad-value 2:27-2:32 document.colours.ink
> `black` is not a colour.
> Write a number sign and six digits from 0 to f, in quotes, such as "#0a5a66".

## a font without its regular style
community: {name: X}
document: {font: {bold: b.ttf}}
> error missing-key 2:12-2:16 document.font
> The font has no regular style.
> Write `regular:` and the name of its file under `font:`.

## a list of fonts
community: {name: X}
document: {font: [a.ttf]}
> error wrong-type 2:18-2:25 document.font
> `font` needs text here, not a list.
> If this is text with a colon, brackets or a dash, put it in quotes.

## a logo without words
community: {name: X}
document: {logo: a.png}
> error missing-key 2:12-2:16 document.logo
> Nothing says in words what the logo shows.
> Write `logo_text:` for those who do not see it, such as the organisation's name.

## misspelt, of the rules that are silenced
community: {name: X}
lint: {ignored: {no-answer: A}}
> error unknown-key 2:8-2:15 lint.ignored
> `ignored` is not a key of `lint`.
> Did you mean `ignore`?

## misplaced: what is silenced, in a section
community: {name: X}
sections: {vision: {lint: {}}}
> error unknown-key 2:21-2:25 sections.vision.lint
> `lint` is not a key of a section.
> `lint` belongs at the left margin.

## unheard of, in the lint
community: {name: X}
lint: {foo: 1}
> error unknown-key 2:8-2:11 lint.foo
> `foo` is not a key of `lint`.
> There are `ignore`.
"""

UNKNOWN_KEYS_OF_REVIEWS = """
## misspelt, of a review
community: {name: X}
reviews: [{date: 2027-01-10, rating: {vision: 4}}]
> error unknown-key 2:30-2:36 reviews[0].rating
> `rating` is not a key of a review.
> Did you mean `ratings`?

## unheard of, of a review
community: {name: X}
reviews: [{date: 2027-01-10, when: Today}]
> error unknown-key 2:30-2:34 reviews[0].when
> `when` is not a key of a review.
> There are `date`, `by`, `ratings`, `note`.

## a section in its title's words, and misspelt
community: {name: X}
reviews: [{date: 2027-01-10, ratings: {User experience: 3, comunity management: 2}}]
> error unknown-key 2:40-2:55 reviews[0].ratings.User experience
> `User experience` is not a section of the canvas.
> Did you mean `user_experience`?
> error unknown-key 2:60-2:79 reviews[0].ratings.comunity management
> `comunity management` is not a section of the canvas.
> Did you mean `community_management`?

## a section by its number
community: {name: X}
reviews: [{date: 2027-01-10, ratings: {3.2: 3, 8.4: 2}}]
> error unknown-key 2:40-2:43 reviews[0].ratings.3.2
> `3.2` is not a section of the canvas.
> Did you mean `core_group`?
> error unknown-key 2:48-2:51 reviews[0].ratings.8.4
> `8.4` is not a section of the canvas.
> Name each section by its key under `sections:`, such as `core_group`.

## a section of the plan by its number
community: {name: X}
sections: {3.2: }
> error unknown-key 2:12-2:15 sections.3.2
> `3.2` is not a key of `sections`.
> Did you mean `core_group`?

## a section in another language
community: {name: X}
reviews: [{date: 2027-01-10, ratings: {Groupe moteur: 3}}]
> error unknown-key 2:40-2:53 reviews[0].ratings.Groupe moteur
> `Groupe moteur` is not a section of the canvas.
> Name each section by its key under `sections:`, such as `core_group`.

## a rating beside the ratings
community: {name: X}
reviews: [{date: 2027-01-10, core_group: 3}]
> error unknown-key 2:30-2:40 reviews[0].core_group
> `core_group` is not a key of a review.
> `core_group` belongs under `ratings:` of a review.

## a note among the ratings
community: {name: X}
reviews: [{date: 2027-01-10, ratings: {vision: 3, note: Good}}]
> error unknown-key 2:51-2:55 reviews[0].ratings.note
> `note` is not a section of the canvas.
> `note` belongs inside a review.

## ratings without a review
community: {name: X}
ratings: {vision: 3}
> error unknown-key 2:1-2:8 ratings
> `ratings` is not a key of the roadmap.
> `ratings` belongs inside a review.

## reviews and their interval in each other's place
community: {name: X, reviews: }
review_every: 3 months
> error unknown-key 1:22-1:29 community.reviews
> `reviews` is not a key of `community`.
> `reviews` belongs at the left margin.
> error unknown-key 2:1-2:13 review_every
> `review_every` is not a key of the roadmap.
> `review_every` belongs under `community:`.

## reviews under their days
community: {name: X}
reviews:
  2027-01-10: {by: Core group}
  2027-4-1: {by: Core group}
> error unknown-key 3:3-3:13 reviews.2027-01-10
> `2027-01-10` is not a key of a review.
> Begin each review with a dash and its day: `- date: 2027-01-10`.
> error unknown-key 4:3-4:11 reviews.2027-4-1
> `2027-4-1` is not a key of a review.
> Begin each review with a dash and its day: `- date: 2027-04-01`.

## a review under its day, in a list
community: {name: X}
reviews:
  - 2027-01-10:
      by: Core group
> error unknown-key 3:5-3:15 reviews[0].2027-01-10
> `2027-01-10` is not a key of a review.
> Begin each review with a dash and its day: `- date: 2027-01-10`.
"""

MISSING_KEYS = """
## a review without a day, in a list with an empty entry
community: {name: X}
reviews:
  -
  - ratings: {vision: 4}
> error missing-key 4:5-4:25 reviews[1]
> This review does not say on which day it was held.
> Write `date:` and a day such as 2027-01-10.

## nothing behind the day of a review
community: {name: X}
reviews:
  - by: Core group
    date:
> error missing-key 4:5-4:9 reviews[0].date
> This review does not say on which day it was held.
> Write `date:` and a day such as 2027-01-10.

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
## a review as text
community: {name: X}
reviews: [2027-01-10, {date: 2027-04-11}]
> error wrong-type 2:11-2:21 reviews[0]
> `reviews` needs keys such as `date:` here, not text.
> Begin each review with a dash and its day: `- date: 2027-01-10`.

## reviews as text
community: {name: X}
reviews: In January
> error wrong-type 2:10-2:20 reviews
> `reviews` needs keys such as `date:` here, not text.
> Begin each review with a dash and its day: `- date: 2027-01-10`.

## a review whose colon has no space behind
community: {name: X}
reviews:
  - date:2027-01-10
> error wrong-type 3:5-3:20 reviews[0]
> `reviews` needs keys such as `date:` here, not text.
> Type a space behind the colon: `date: 2027-01-10`.

## a list as a review
community: {name: X}
reviews:
  - - date: 2027-01-10
> error wrong-type 3:5-3:23 reviews[0]
> `reviews` needs keys such as `date:` here, not a list.
> If these are its keys, delete the dashes before them.

## one rating for all
community: {name: X}
reviews: [{date: 2027-01-10, ratings: 4}]
> error wrong-type 2:39-2:40 reviews[0].ratings
> `ratings` needs keys such as `vision:` here, not a number.
> Write sections with their ratings, such as `core_group: 3`.

## ratings with dashes
community: {name: X}
reviews: [{date: 2027-01-10, ratings: [vision: 4]}]
> error wrong-type 2:39-2:50 reviews[0].ratings
> `ratings` needs keys such as `vision:` here, not a list.
> If these are its keys, delete the dashes before them.

## a number as a note
community: {name: X}
reviews: [{date: 2027-01-10, note: 4}]
> error wrong-type 2:36-2:37 reviews[0].note
> `note` needs text here, not a number.
> Put it in quotes: "4"

## a list as roadmap
- community: {name: X}
> error wrong-type 1:1-1:1
> A roadmap needs keys such as `community:` here, not a list.
> If these are its keys, delete the dashes before them.

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
> If these are its keys, delete the dashes before them.

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
> If these are its keys, delete the dashes before them.

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
> If these are its keys, delete the dashes before them.

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
> If these are its keys, delete the dashes before them.

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
> If these are its keys, delete the dashes before them.

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
> If these are its keys, delete the dashes before them.

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

## a text as lint
community: {name: X}
lint: no-answer
> error wrong-type 2:7-2:16 lint
> `lint` needs keys such as `ignore:` here, not text.

## a list of rules that are silenced
community: {name: X}
lint: {ignore: [no-answer]}
> error wrong-type 2:16-2:27 lint.ignore
> `ignore` needs keys such as `cut-text:` here, not a list.
> Write each rule with its reason, such as `no-responsible: Assigned in March`.

## a number as reason
community: {name: X}
lint: {ignore: {no-answer: 5}}
> error wrong-type 2:28-2:29 lint.ignore.no-answer
> `no-answer` needs text here, not a number.
> Write the reason behind the colon.

## keys as reason
community: {name: X}
lint: {ignore: {no-answer: {Until: A}}}
> error wrong-type 2:28-2:38 lint.ignore.no-answer
> `no-answer` needs text here, not keys with values.
> Write the reason behind the colon.
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
> 2026-02 has 28 days.

## a day of a leap year that is none
community: {name: X}
reviews: [{date: 2028-02-29}, {date: 2027-02-29}]
> error bad-date 2:38-2:48 reviews[1].date
> `2027-02-29` is not a day of the calendar.
> 2027-02 has 28 days.

## a day as it is written in Europe
community: {name: X}
reviews: [{date: 30.11.2026}, {date: 2026-2-3}]
> error bad-date 2:18-2:28 reviews[0].date
> `30.11.2026` is not a day of the calendar.
> Write year, month and day with dashes between, such as 2026-10-15.
> error bad-date 2:38-2:46 reviews[1].date
> `2026-2-3` is not a day of the calendar.
> Write year, month and day with dashes between, such as 2026-10-15.

## ratings outside of the scale
community: {name: X}
reviews:
  - date: 2027-01-10
    ratings: {vision: 0, core_group: 6, support: 4.5, results: four, vitality: true}
> error bad-rating 4:23-4:24 reviews[0].ratings.vision
> `0` is not a rating.
> Write a whole number from 1 (nothing there yet) to 5 (others learn from it).
> error bad-rating 4:38-4:39 reviews[0].ratings.core_group
> `6` is not a rating.
> Write a whole number from 1 (nothing there yet) to 5 (others learn from it).
> error bad-rating 4:50-4:53 reviews[0].ratings.support
> `4.5` is not a rating.
> Write a whole number from 1 (nothing there yet) to 5 (others learn from it).
> error bad-rating 4:64-4:68 reviews[0].ratings.results
> `four` is not a rating.
> Write a whole number from 1 (nothing there yet) to 5 (others learn from it).
> error bad-rating 4:80-4:84 reviews[0].ratings.vitality
> `true` is not a rating.
> Write a whole number from 1 (nothing there yet) to 5 (others learn from it).

## a list and keys as ratings
community: {name: X}
reviews: [{date: 2027-01-10, ratings: {vision: [4], results: {now: 4}}}]
> error bad-rating 2:48-2:51 reviews[0].ratings.vision
> `[4]` is not a rating.
> Write a whole number from 1 (nothing there yet) to 5 (others learn from it).
> error bad-rating 2:62-2:70 reviews[0].ratings.results
> `{now: 4}` is not a rating.
> Write a whole number from 1 (nothing there yet) to 5 (others learn from it).

## a rating in quotes
community: {name: X}
reviews: {date: 2027-01-10, ratings: {vision: "4", results: "6"}}
> error bad-rating 2:47-2:50 reviews.ratings.vision
> `4` is not a rating.
> Write it without quotes: 4
> error bad-rating 2:61-2:64 reviews.ratings.results
> `6` is not a rating.
> Write a whole number from 1 (nothing there yet) to 5 (others learn from it).

## a number without months or weeks
community: {name: X, review_every: 3}
> error bad-value 1:36-1:37 community.review_every
> `3` is not a stretch of time.
> Write a number from 1 to 99, and months or weeks, in English: 3 months, 6 weeks.

## months in a word, and in another language
community: {name: X, review_every: quarterly}
> error bad-value 1:36-1:45 community.review_every
> `quarterly` is not a stretch of time.
> Write a number from 1 to 99, and months or weeks, in English: 3 months, 6 weeks.

## too many weeks
community:
  name: X
  review_every: 100 weeks
> error bad-value 3:17-3:26 community.review_every
> `100 weeks` is not a stretch of time.
> Write a number from 1 to 99, and months or weeks, in English: 3 months, 6 weeks.

## no months
community:
  name: X
  review_every: 0 months
> error bad-value 3:17-3:25 community.review_every
> `0 months` is not a stretch of time.
> Write a number from 1 to 99, and months or weeks, in English: 3 months, 6 weeks.

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

MISSPELT = """
## everything is misspelt, and everything is found at once
comunity:
  nam: X
  strat: September
sectons:
  vission:
    anwser: y
    timline:
      mont_1: [{acton: x, staus: doen}, 7]
> error unknown-key 1:1-1:9 comunity
> `comunity` is not a key of the roadmap.
> Did you mean `community`?
> error unknown-key 2:3-2:6 comunity.nam
> `nam` is not a key of `community`.
> Did you mean `name`?
> error unknown-key 3:3-3:8 comunity.strat
> `strat` is not a key of `community`.
> Did you mean `start`?
> error bad-date 3:10-3:19 comunity.strat
> `September` is not a month.
> Write year and month with a dash between, such as 2026-09.
> error unknown-key 4:1-4:8 sectons
> `sectons` is not a key of the roadmap.
> Did you mean `sections`?
> error unknown-key 5:3-5:10 sectons.vission
> `vission` is not a key of `sections`.
> Did you mean `vision`?
> error unknown-key 6:5-6:11 sectons.vission.anwser
> `anwser` is not a key of a section.
> Did you mean `answer`?
> error unknown-key 7:5-7:12 sectons.vission.timline
> `timline` is not a key of a section.
> Did you mean `timeline`?
> error unknown-key 8:7-8:13 sectons.vission.timline.mont_1
> `mont_1` is not a key of a timeline.
> Did you mean `month_1`?
> error unknown-key 8:17-8:22 sectons.vission.timline.mont_1[0].acton
> `acton` is not a key of an action.
> Did you mean `action`?
> error unknown-key 8:27-8:32 sectons.vission.timline.mont_1[0].staus
> `staus` is not a key of an action.
> Did you mean `status`?
> error bad-value 8:34-8:38 sectons.vission.timline.mont_1[0].staus
> `doen` is not a status.
> Did you mean `done`?
> error wrong-type 8:41-8:42 sectons.vission.timline.mont_1[1]
> `month_1` needs text here, not a number.
> Put it in quotes: "7"

## beside the key that was meant, the inside of a misspelt one is not looked at
community: {name: X}
sections:
  vision: {answer: A}
  vission: {anwser: B}
> error unknown-key 4:3-4:10 sections.vission
> `vission` is not a key of `sections`.
> Did you mean `vision`?

## of two misspellings of one key, the first is taken for it
community: {name: X}
sections:
  vission: {anwser: A}
  visoin: {anwser: B}
> error unknown-key 3:3-3:10 sections.vission
> `vission` is not a key of `sections`.
> Did you mean `vision`?
> error unknown-key 3:13-3:19 sections.vission.anwser
> `anwser` is not a key of a section.
> Did you mean `answer`?
> error unknown-key 4:3-4:9 sections.visoin
> `visoin` is not a key of `sections`.
> Did you mean `vision`?

## an action that is written as the only one of its period
community: {name: X}
sections: {vision: {timeline: {mont_1: {acton: A, status: finished}}}}
> error unknown-key 2:32-2:38 sections.vision.timeline.mont_1
> `mont_1` is not a key of a timeline.
> Did you mean `month_1`?
> error unknown-key 2:41-2:46 sections.vision.timeline.mont_1.acton
> `acton` is not a key of an action.
> Did you mean `action`?
> error bad-value 2:59-2:67 sections.vision.timeline.mont_1.status
> `finished` is not a status.
> There are `planned`, `in_progress`, `done`, `dropped`.

## what is sound inside is not spoken of
community: {name: X}
creation: {pilot_and_lunch: {pilot: Two agencies}}
> error unknown-key 2:12-2:27 creation.pilot_and_lunch
> `pilot_and_lunch` is not a key of `creation`.
> Did you mean `pilot_and_launch`?
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

## there is no thirteenth month, and the third is not meant
community: {name: X}
sections: {vision: {timeline: {month_13: A}}}
> error unknown-key 2:32-2:40 sections.vision.timeline.month_13
> `month_13` is not a key of a timeline.
> There are `month_1`, `month_2`, `month_3`, `month_4`, `month_5`, `month_6`, `months_7_to_9`, \
`months_10_to_12`.

## a whole sentence is no misspelling
community: {name: X}
sections: {risk_free_environment_for_all_who_take_part: A}
> error unknown-key 2:12-2:55 sections.risk_free_environment_for_all_who_take_p…
> `risk_free_environment_for_all_who_take_p…` is not a key of `sections`.

## no hint is no hint, not an empty one
community: {name: X}
sections: {foo: A}
> error unknown-key 2:12-2:15 sections.foo
> `foo` is not a key of `sections`.
"""

EVERY_PROBLEM = """
## everything that can be wrong with a review
community: {name: X, review_every: monthly}
reviews:
  - date: 2027-02-30
    by: 3
    ratings: {visoin: 4, vision: 9}
    rating: 4
  - note: Good
  - 2027-03-10
> error bad-value 1:36-1:43 community.review_every
> `monthly` is not a stretch of time.
> Write a number from 1 to 99, and months or weeks, in English: 3 months, 6 weeks.
> error bad-date 3:11-3:21 reviews[0].date
> `2027-02-30` is not a day of the calendar.
> 2027-02 has 28 days.
> error wrong-type 4:9-4:10 reviews[0].by
> `by` needs text here, not a number.
> Put it in quotes: "3"
> error unknown-key 5:15-5:21 reviews[0].ratings.visoin
> `visoin` is not a section of the canvas.
> Did you mean `vision`?
> error bad-rating 5:34-5:35 reviews[0].ratings.vision
> `9` is not a rating.
> Write a whole number from 1 (nothing there yet) to 5 (others learn from it).
> error unknown-key 6:5-6:11 reviews[0].rating
> `rating` is not a key of a review.
> Did you mean `ratings`?
> error missing-key 7:5-7:15 reviews[1]
> This review does not say on which day it was held.
> Write `date:` and a day such as 2027-01-10.
> error wrong-type 8:5-8:15 reviews[2]
> `reviews` needs keys such as `date:` here, not text.
> Begin each review with a dash and its day: `- date: 2027-01-10`.

## a missing community is not excused by a key that is not like it
foo: 1
sections: {}
> error missing-key 1:1-1:1
> The community has no name.
> Write `name:` and the name under `community:`.
> error unknown-key 1:1-1:4 foo
> `foo` is not a key of the roadmap.
> There are `community`, `sections`, `ambitions`, `creation`, `reviews`, `document`, `lint`.

## a missing name is not excused by a key that is not like it
community: {title: X}
> error missing-key 1:1-1:10 community
> The community has no name.
> Write `name:` and the name under `community:`.
> error unknown-key 1:13-1:18 community.title
> `title` is not a key of `community`.
> There are `name`, `summary`, `sponsor`, `facilitator`, `start`, `review_every`, `language`.

## a name that is misspelt is one mistake, a key beside it another
community: {nme: X, foo: Y}
> error unknown-key 1:13-1:16 community.nme
> `nme` is not a key of `community`.
> Did you mean `name`?
> error unknown-key 1:21-1:24 community.foo
> `foo` is not a key of `community`.
> There are `name`, `summary`, `sponsor`, `facilitator`, `start`, `review_every`, `language`.

## an action that is misspelt is one mistake
community: {name: X}
sections: {vision: {timeline: {month_1: {acton: A}}}}
> error unknown-key 2:42-2:47 sections.vision.timeline.month_1.acton
> `acton` is not a key of an action.
> Did you mean `action`?
"""


def case(text: str) -> Any:
    """Make a parameter set of one case: the file and what is said about it."""
    name, *lines = text.strip().split("\n")
    file = "".join(f"{line}\n" for line in lines if not line.startswith("> "))
    known = ", ".join(tags.known())
    told = (line.removeprefix("> ") for line in lines if line.startswith("> "))
    return pytest.param(file, [line.replace("KNOWN", known) for line in told], id=name)


def cases(*tables: str) -> list[Any]:
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


def explained(text: str, *, is_whole: bool = True) -> tuple[Diagnostic, ...]:
    """Explain what the model finds wrong with a text, in the order of the text."""
    read = replace(source.read(text.encode(), "r.yaml"), is_whole=is_whole)
    found, hidden = model_errors.explain(read, error_of(read.data))
    assert hidden == 0
    return in_file_order(found)


def error_of(data: Data) -> ValidationError:
    with pytest.raises(ValidationError) as raised:
        Roadmap.model_validate(data)
    return raised.value


# ── what is wrong ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "said"),
    cases(UNKNOWN_KEYS, UNKNOWN_KEYS_OF_REVIEWS, MISSING_KEYS, WRONG_TYPES, BAD_VALUES),
)
def test_what_is_wrong_is_told_in_plain_words(text: str, said: list[str]) -> None:
    assert told(explained(text)) == said


@pytest.mark.parametrize(("text", "said"), cases(REPEATED_AS_WRITTEN))
def test_a_message_repeats_a_value_as_the_file_has_it(text: str, said: list[str]) -> None:
    assert told(explained(text)) == said


@pytest.mark.parametrize(("text", "said"), cases(THROUGH_AN_ALIAS))
def test_a_message_repeats_what_an_alias_stands_for(text: str, said: list[str]) -> None:
    assert told(explained(text)) == said


@pytest.mark.parametrize(("text", "said"), cases(BETTER_HINTS))
def test_a_hint_leads_the_right_way(text: str, said: list[str]) -> None:
    assert told(explained(text)) == said


@pytest.mark.parametrize(("text", "said"), cases(MISSPELT))
def test_what_stands_below_a_misspelt_key_is_told_as_if_it_were_not(
    text: str, said: list[str]
) -> None:
    assert told(explained(text)) == said


def test_below_no_more_than_20_misspelt_keys_is_searched() -> None:
    sections = "".join(f"  {key}x: {{foo: A}}\n" for key in canvas.SECTION_KEYS)
    found = explained(f"community: {{name: X}}\nsections:\n{sections}")
    told_of = [each.path for each in found if each.message.startswith("`foo`")]
    assert told_of == [f"sections.{key}x.foo" for key in canvas.SECTION_KEYS[:20]]


@pytest.mark.parametrize(("text", "said"), cases(EVERY_PROBLEM))
def test_every_problem_is_told_in_one_run(text: str, said: list[str]) -> None:
    assert told(explained(text)) == said


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
    assert [(found.path, found.hint) for found in explained(text)] == [
        (f"sections.{spell(key)}", f"Did you mean `{key}`?") for key in keys
    ]
    assert keys


def test_a_key_of_the_creation_that_is_unheard_of_is_answered_with_the_steps() -> None:
    steps = ", ".join(f"`{step}`" for step in canvas.STEP_ITEMS)
    assert told(explained("community: {name: X}\ncreation: {foo: 1}\n")) == [
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
    assert told(explained(f"community: {{name: X, start: {digits}}}\n")) == [
        f"error bad-date 1:29-1:{29 + len(digits)} community.start",
        f"`{repeated}` is not a month.",
        "Write year and month with a dash between, such as 2026-09.",
    ]


@given(mutated())
@settings(max_examples=60, deadline=None)
def test_whatever_is_wrong_is_one_plain_sentence_with_a_known_rule(data: Data) -> None:
    try:
        Roadmap.model_validate(data)
    except ValidationError as error:
        found, _ = model_errors.explain(source.Source("r.yaml", "", data), error)
        assert found
        for each in found:
            assert (each.rule in rules.RULES, each.message[-1], "\n" in each.message) == (
                *(True, "."),
                False,
            ), each


@pytest.mark.parametrize(("errors", "told_of", "hidden"), [(300, 300, 0), (302, 300, 2)])
def test_no_more_than_300_errors_are_explained_and_the_rest_is_counted(
    errors: int, told_of: int, hidden: int
) -> None:
    text = "community: {name: X}\n" + "".join(f"foo{n}: x\n" for n in range(errors))
    read = source.read(text.encode(), "r.yaml")
    found, beyond = model_errors.explain(read, error_of(read.data))
    assert (len(found), beyond) == (told_of, hidden)


# ── what is silenced ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no_answer", "no-answer"),
        ("No answer", "no-answer"),
        ("noanswer", "no-answer"),
        ("no-anwser", "no-answer"),
        ("stops_early", "stops-early"),
        ("repeated-texts", "repeated-text"),
        ("question-as-an-answer", "question-as-answer"),
    ],
)
def test_a_rule_in_another_spelling_is_recognised(written: str, meant: str) -> None:
    text = f"community: {{name: X}}\nlint: {{ignore: {{{written}: A}}}}\n"
    assert [(found.rule, found.path, found.hint) for found in explained(text)] == [
        ("unknown-key", f"lint.ignore.{written}", f"Did you mean `{meant}`?")
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param(
            "lint: {no-answer: A}\n",
            "`no-answer` belongs under `ignore:` in `lint:`.",
            id="a rule beside ignore",
        ),
        pytest.param(
            "no-answer: A\n",
            "`no-answer` belongs under `ignore:` in `lint:`.",
            id="a rule at the left margin",
        ),
        pytest.param(
            "ignore: {no-answer: A}\n",
            "`ignore` belongs under `lint:`.",
            id="ignore at the left margin",
        ),
    ],
)
def test_a_hint_says_where_a_rule_is_silenced(text: str, hint: str) -> None:
    assert [found.hint for found in explained(f"community: {{name: X}}\n{text}")] == [hint]


@pytest.mark.parametrize("rule", ["bad-date", "yaml-syntax", "unused-ignore"])
def test_whoever_silences_what_cannot_be_silenced_is_told_so(rule: str) -> None:
    (found,) = explained(f"community: {{name: X}}\nlint: {{ignore: {{{rule}: A}}}}\n")
    assert (found.rule, found.message, found.hint) == (
        "unknown-key",
        f"`{rule}` is not a rule that can be silenced.",
        "Only what is a matter of opinion can be. `coproadmap rules` tells about each.",
    )


# ── what cannot be known ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sections: {vision: {foo: 1}}\n", id="no community"),
        pytest.param("community: {}\nfoo: 1\n", id="no name"),
        pytest.param("community: {name: }\nfoo: 1\n", id="a name that is empty"),
        pytest.param(
            "community: {name: X}\nfoo: 1\n"
            "sections: {vision: {timeline: {month_1: {status: done}}}}\n",
            id="no action",
        ),
    ],
)
def test_where_a_file_breaks_off_nothing_is_said_to_be_missing(text: str) -> None:
    whole = [found for found in explained(text) if found.rule != "missing-key"]
    assert list(explained(text, is_whole=False)) == whole != list(explained(text))
    assert [found.rule for found in whole] == ["unknown-key"]
