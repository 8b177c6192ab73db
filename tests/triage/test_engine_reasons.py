"""The sentences an officer reads, in their order."""

from typing import Any

import pytest

from tests.triage.small_policies import CLAUSE, CORE, OURS, PROTECTIONS, ROUTES, asb, behaviour, small_policy
from tests.triage.test_engine import ADVICE, HARM, PRIVATE, SPECIAL, answer
from triage.decisions import Decision
from triage.wording import fact_sentences, sentence


def texts(decision: Decision) -> list[str]:
    return [reason.text for reason in decision.reasons]


def test_the_most_serious_behaviour_comes_first_and_the_others_say_what_they_are() -> None:
    policy = small_policy(behaviours={"arson": behaviour("Fire setting", asb("top"))})
    assert texts(answer(policy, "noise", "arson")) == [
        "Reported: Fire setting. This is Level Top.",
        "Also reported: noise (Level Low); the most serious behaviour decides.",
        "Level Top is handled by: Serious team.",
    ]


def test_equally_serious_behaviours_do_not_outdo_each_other() -> None:
    assert texts(answer(small_policy(), "noise", "parking")) == [
        "Reported: noise. This is Level Low.",
        "Also reported: parking (Level Low).",
        "Level Low is handled by: Everyday team.",
    ]


def test_a_raise_that_decides_leaves_the_behaviour_to_stand_on_its_own() -> None:
    policy = small_policy(raises=[*PROTECTIONS, HARM])
    found = answer(policy, "noise", hate_perceived=True, risk_of_personal_harm=True)
    assert texts(found) == [
        "Hate. This is Level Top.",
        "Harm. On its own: Level Top.",
        "Reported: noise (on its own: Level Low).",
        "Level Top is handled by: Serious team.",
    ]


def test_the_facts_an_outcome_needed_are_said() -> None:
    policy = small_policy(behaviours={"noise": behaviour("noise", ADVICE, asb("low"))})
    assert texts(answer(policy, "noise", persistent_or_unreasonable=False)) == [
        "Reported: noise. It is neither persistent nor unreasonable. "
        "This is a good-neighbour matter, not anti-social behaviour.",
        "Good-neighbour advice.",
    ]


def test_our_reading_says_so_and_why() -> None:
    policy = small_policy(behaviours={"noise": behaviour("noise", {"route": "not_asb", **OURS})})
    found = answer(policy, "noise")
    assert texts(found) == [
        "Reported: noise. This is not anti-social behaviour under this policy. "
        "Our reading: The document does not say.",
        "Explain why. Our reading: The document does not say.",
    ]
    assert [(reason.clause, reason.interpretation) for reason in found.reasons] == [
        (None, True),
        (None, True),
    ]


def test_a_report_sent_away_says_why_what_it_would_be_and_where_to_turn() -> None:
    found = answer(small_policy(scope=[PRIVATE]), "noise", respondent="private")
    assert texts(found) == [
        "Private homes are for the council.",
        "Reported: noise. If the report is taken on, this is Level Low.",
        "Refer on. Where to turn: the council; the police.",
    ]
    assert found.reasons[0].clause_id == "SM-009"


def test_another_team_than_usual_is_explained() -> None:
    found = answer(small_policy(allocation=[SPECIAL]), "noise", living_plus=True)
    assert texts(found) == [
        "Reported: noise. This is Level Low.",
        "The home is a Living Plus home. So it is handled by: Special team (otherwise: Everyday team).",
    ]
    assert found.reasons[1].clause_id == "SM-006"


def test_who_handles_it_rests_on_what_is_said_of_the_team() -> None:
    team = {"label": "Everyday team", "officer": "housing officer", "clause": "7", "clause_id": "SM-007"}
    found = answer(small_policy(core={"teams": {**CORE["teams"], "everyday": team}}), "noise").reasons[-1]
    assert (found.text, found.clause, found.clause_id, found.interpretation) == (
        "Level Low is handled by: Everyday team.",
        "7",
        "SM-007",
        False,
    )


def test_a_team_that_is_our_reading_says_so() -> None:
    team = {"label": "Everyday team", "officer": "housing officer", **OURS}
    found = answer(small_policy(core={"teams": {**CORE["teams"], "everyday": team}}), "noise").reasons[-1]
    assert (found.text, found.clause, found.interpretation) == (
        "Level Low is handled by: Everyday team. Our reading: The document does not say.",
        None,
        True,
    )


@pytest.mark.parametrize("route", ["refer", "out_of_scope"])
def test_every_route_has_at_least_one_reason_with_its_clause(route: str) -> None:
    routes = {key: {**handling, "signpost": []} for key, handling in ROUTES.items()}
    policy = small_policy(behaviours={"noise": behaviour("noise", {"route": route, **CLAUSE})}, routes=routes)
    assert [reason.clause for reason in answer(policy, "noise").reasons] == ["1", "1"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"hate_perceived": (True,)}, "Someone thinks it is because of who the person is."),
        ({"clear_victim": (True, False)}, "There is a clear victim. Or: There is no clear victim."),
        ({"reporter": ("tenant", "agency")}, "The report comes from a tenant or another agency."),
        ({"respondent": ("private",)}, "The person reported is someone in a private home."),
        ({"channel": ("social_media",)}, "It was reported by this channel: social media."),
        ({"behaviours": ("noise", "burglary")}, "What was reported includes noise or a burglary."),
        ({"hate_strands": ("sexual_orientation",)}, "The hate is about sexual orientation."),
    ],
)
def test_facts_are_said_in_plain_english(condition: dict[str, tuple[Any, ...]], expected: str) -> None:
    assert list(fact_sentences(condition)) == [expected]


@pytest.mark.parametrize(("text", "expected"), [("noise", "Noise."), ("Why?", "Why?"), ("Go on!", "Go on!")])
def test_a_sentence_has_one_end(text: str, expected: str) -> None:
    assert sentence(text) == expected
