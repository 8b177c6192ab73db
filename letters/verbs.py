"""What the timeline may say about letters."""

from timeline.verbs import Verb, register

register(
    Verb("letter_stopped", "Letter stopped, because it could tell who complained: {kind}", mark="safety"),
    Verb("letter_released", "Stopped letter may go: {kind}", mark="safety"),
    Verb("letter_sealed", "Letter made: {kind}, to {to}"),
    Verb("letter_sent", "Letter sent: {kind}, to {to}, {how}", group="contact"),
    Verb("letter_failed", "Letter could not be sent: {kind}, to {to}", mark="miss"),
    Verb("letter_in_doubt", "Not known whether this letter went: {kind}, to {to}", mark="miss"),
    Verb("letter_came_back", "Letter came back: {kind}, to {to}", mark="miss"),
    Verb("letter_print_given_up", "Given up after it was downloaded to be printed: {kind}, to {to}"),
    Verb("wording_published", "Words of letters published: {kind}, to {to}, version {version}"),
    Verb("wording_given_up", "Draft of words of letters given up: {kind}, to {to}, version {version}"),
    Verb("logo_changed", "Logo of letters changed"),
    Verb("logo_removed", "Logo of letters removed"),
    Verb(
        "wording_shipped_again",
        "Words of letters as they ship again, instead of version {version}: {kind}, to {to}",
    ),
)
