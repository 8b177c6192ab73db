"""What the timeline may say about tools."""

from timeline.verbs import Verb, register

register(
    Verb("tool_used", "Used: {tool}"),
    Verb("tool_used_with", "Used: {tool}, {person}"),
    Verb("tool_ended", "Ended: {tool}"),
)
