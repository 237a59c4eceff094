// Reads calendar files as a calendar program does: a JSON list of texts in, what each of them says out, times in UTC.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

// A text by RFC 7986, which ical.js does not know yet.
ICAL.design.icalendar.property.name = { defaultType: "text" };

function instant(component, name) {
  const property = component.getFirstProperty(name);
  const time = property.getFirstValue();
  const named = property.getParameter("tzid");
  // ical.js knows no zones of its own: without a VTIMEZONE in the file it would read a wall clock as anybody's.
  if (time.zone.tzid !== (named ?? "UTC")) {
    throw new Error(`${name} is in ${named ?? "no zone"}, read as ${time.zone.tzid}`);
  }
  return { utc: time.toJSDate().toISOString(), zone: time.zone.tzid };
}

function person(component, name) {
  const property = component.getFirstProperty(name);
  return property && { address: property.getFirstValue(), name: property.getParameter("cn") ?? null };
}

function event(component) {
  const text = (name) => component.getFirstPropertyValue(name);
  const start = instant(component, "dtstart");
  const end = instant(component, "dtend");
  return {
    uid: text("uid"),
    sequence: text("sequence"),
    stamp: instant(component, "dtstamp").utc,
    start: start.utc,
    end: end.utc,
    zones: [start.zone, end.zone],
    status: text("status"),
    summary: text("summary"),
    location: text("location"),
    description: text("description"),
    url: text("url"),
    visibility: text("class"),
    organizer: person(component, "organizer"),
    attendee: person(component, "attendee"),
    alarms: component.getAllSubcomponents("valarm").map((alarm) => alarm.getFirstPropertyValue("trigger").toString()),
  };
}

function file(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return {
    method: calendar.getFirstPropertyValue("method"),
    name: calendar.getFirstPropertyValue("name"),
    zones: calendar.getAllSubcomponents("vtimezone").map((zone) => zone.getFirstPropertyValue("tzid")),
    events: calendar.getAllSubcomponents("vevent").map(event),
  };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(file)));
