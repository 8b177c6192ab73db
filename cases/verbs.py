"""What the timeline may say about a case."""

from timeline.verbs import Verb, register

register(
    Verb("case_opened", "Case opened"),
    Verb("report_received", "{what} reported", mark="reporter", group="incident"),
    Verb("report_joined", "Report {reference} joined to this case", group="incident"),
    Verb("report_moved", "Report {reference} moved to another case", group="incident"),
    Verb("incident_added", "New incident: {what}", mark="reporter", group="incident"),
    Verb("contact_made", "{outcome}: {person}", group="contact"),
    Verb("contact_tried", "{outcome}: {person}", mark="attempt", group="contact"),
    Verb("note_added", "Note"),
    Verb("taken_in_hand", "Case taken in hand"),
    Verb("recategorised", "Level changed from {before} to {after}"),
    Verb("reassigned", "Given to {to}"),
    Verb("access_given", "{name} may open this restricted case"),
    Verb("duty_done", "Done: {label}"),
    Verb("decision_recorded", "Decided: {question} {answer}"),
    Verb("promise_missed", "Promise missed: {label}", mark="miss"),
    Verb("miss_explained", "Miss explained: {label}"),
    Verb("miss_confirmed_met", "Confirmed as met in time, recorded late: {label}"),
    Verb("interval_agreed", "Contact every {days} days agreed with {person}"),
    Verb("case_closed", "Case closed: {ground}"),
    Verb("case_reopened", "Case reopened"),
)
