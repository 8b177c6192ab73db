"""What the timeline may say about risk."""

from timeline.verbs import Verb, register

register(
    Verb("risk_assessed", "Risk to {person} assessed: {score} of {most}, {band}"),
    Verb("risk_acted_on", "Decided what is done about the risk to {person}"),
    Verb("level_kept", "{level} not raised at high risk to {person}"),
    Verb("risk_to_look_at_again", "Risk to be assessed again: {reason}"),
    Verb("consent_given", "{person} agrees that {agency} is told"),
    Verb("consent_refused", "{person} does not agree that {agency} is told"),
    Verb("consent_withdrawn", "{person} no longer agrees that {agency} is told"),
)
