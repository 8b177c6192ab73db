"""What the timeline may say about the front door."""

from timeline.verbs import Verb, register

register(
    Verb("report_waiting", "Report waits for a decision: {words} proposed"),
    Verb("route_decided", "Decided: {words}"),
)
