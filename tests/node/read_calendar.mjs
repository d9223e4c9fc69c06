// Reads a calendar from standard input and prints its events as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
console.log(
  JSON.stringify(
    events.map((each) => [
      each.uid,
      each.startDate.toString(),
      each.endDate.toString(),
      each.summary,
      each.description,
    ]),
  ),
);
