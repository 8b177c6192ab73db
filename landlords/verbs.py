"""What the timeline may say about a landlord's people and keys."""

from timeline.verbs import Verb, register

register(
    Verb("token_created", "Token {name} created for a partner system"),
    Verb("member_added", "{name} added as {role}"),
    Verb("member_withdrawn", "{name} can no longer sign in for this landlord"),
    Verb("member_reinstated", "{name} can sign in for this landlord again"),
)
