"""What the timeline may say about action plans. What a plan says stands in its words, never in the label."""

from timeline.verbs import Verb, register

register(
    Verb("plan_agreed", "Action plan version {version} agreed with {person}"),
    Verb("plan_sent", "Action plan version {version} sent to {person}: {how}", group="contact"),
    Verb("plan_action_done", "Action of the plan with {person} done"),
    Verb("plan_action_dropped", "Action of the plan with {person} dropped"),
    Verb("plan_action_given", "Action of the plan with {person}: {to}, by {by}"),
)
