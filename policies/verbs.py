"""What the timeline may say about policies."""

from timeline.verbs import Verb, register

register(
    Verb("policy_published", "Policy version {version} published"),
    Verb("policy_retired", "Policy version {version} retired"),
)
