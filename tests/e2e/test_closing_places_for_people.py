"""Places for People: to court through every gate, a high risk with advice, three tries, and the end of a case."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from landlords.permissions import Role
from tests.e2e.days import Days
from tests.e2e.walking import (
    BY_HAND,
    CLOSED,
    COMPLAINANT,
    LETTER,
    SENT,
    Desk,
    Missing,
    agree_actions,
    another_is_refused,
    approve,
    assess_risk,
    choose_ground,
    decide,
    end,
    finish_action,
    letter_of,
    reported,
    say,
    send_letter,
    take,
    use,
    wait,
)
from tests.factories.policies import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AM = "Procedure 3, Area Manager and Living Plus Service Manager"
ESCALATION = Missing(
    "The Area Manager, or the Living Plus Service Manager, has not approved the escalation.",
    AM,
    "Give or refuse it",
)
CONFERENCE = Missing(
    "No case conference with notes is on the case. Hold one and record its notes.", "7.1", "Record it"
)
DECISION = Missing(
    "The Community Safety Area Manager has not decided that legal action is required.",
    "7.2",
    "Give or refuse it",
)
WITH_TEM = Missing(
    "The case is not with a Tenancy Enforcement Manager. Give it to one.",
    "Community Housing, Sunita Example 7.3",
    "Give to somebody",
)
ASSESSMENT = Missing(
    "No proportionality assessment by a Tenancy Enforcement Manager says that legal action is proportionate.",
    "7.4",
    "Record the decision",
)
APPROVAL = Missing(
    "A Community Safety Area Manager has not approved the proportionality assessment.",
    "7.4",
    "Give or refuse it",
)
ANSWERS = [
    Missing("Legal action is for behaviour that is persistent. Say whether it is.", "7.1", "Answer it below"),
    Missing(
        "All appropriate tools and powers have to be tried first. Say whether they were.",
        "7.1",
        "Answer it below",
    ),
    Missing(
        "Say which tools were tried, mediation too, and why the others are not possible or appropriate.",
        "Policy 21",
        "Answer it below",
    ),
    Missing(
        "Say how this is proportionate to the impact, the frequency and the severity of the behaviour.",
        "Policy 17",
        "Answer it below",
    ),
    Missing(
        "Proportionality is kept under review. Say whether it is still proportionate to take this step.",
        "7.6",
        "Answer it below",
    ),
    Missing("Legal action is for serious cases. Say whether this one is.", "Policy 23", "Answer it below"),
    Missing("Name the clause of the tenancy or lease that is relied on.", "Policy 11", "Answer it below"),
    Missing(
        "Say whether anybody with a protected characteristic is likely to be affected.",
        "Policy 10",
        "Answer it below",
    ),
]
LEGAL: dict[str, bool | str] = {
    "Is the behaviour persistent?": True,
    "Have all appropriate tools and powers been tried?": True,
    "Which tools were tried, mediation too, and why are the others not possible or appropriate?": "Two visits",
    "Is this a serious case?": True,
    "How is this proportionate to the impact, the frequency and the severity of the behaviour?": "It is as bad",
    "Is it still proportionate to take this step?": True,
    "Which clause of the tenancy or lease is relied on?": "Clause 3.1, nuisance",
    "Is anybody with a protected characteristic likely to be affected?": "No",
}
CONCLUDED = "What does the proportionality assessment conclude?"
PROPORTIONATE = "Legal action is proportionate"
IS_APPROVED = "Is the proportionality assessment approved?"
ESCALATE = "May this case go to the Tenancy Enforcement Team for legal action?"
REQUIRED = "Is legal action required, on what was heard at the case conference?"
YES = "Yes, approved"
NOTES = Missing(
    "A conference needs its notes. Write them, or say where they are saved.", "7.1", "Answer it below"
)
CONFERENCE_ANSWERS: dict[str, bool | str] = {
    "Who took part?": "The police and the council",
    "Notes of the conference": "Nothing but a court will help",
}
NOT_COMPLETED = Missing(
    "The Tenancy Enforcement Manager has not completed a proportionality assessment.",
    "7.4",
    "Record the decision",
)
TRIES = [("Telephone", "No answer"), ("Letter", "Sent a letter"), ("Visit", "Visited, nobody in")]

REDUCED = "The nuisance reported has reduced sufficiently"
WHY = "It has been quiet since the injunction"
RESOLVED = "Is the matter fully resolved?"
DONE = "What was done to resolve the matter?"
CLOSING: dict[str, bool | str] = {
    RESOLVED: False,
    "Would another risk assessment show whether the risk has decreased?": "Yes, in March: we ask again then",
    "How do you know that each complainant understands why?": "We could not reach them; the letter says it",
    DONE: "We visited twice and went to court",
}
UNFINISHED = Missing(
    "Not every action on the plan is finished",
    "make a support referral to Victim Support 8.1",
    "Open the plan",
)
HIGH = Missing(
    "The risk is still high, so a manager must advise",
    f"High risk: {COMPLAINANT}. 8.2",
    "Give or refuse it",
)
NOT_TOLD = Missing(
    "Not everybody who complained has been spoken to about closing", f"{COMPLAINANT} 8.3", "Record contact"
)
ASKED = [
    Missing("Say how you know that each complainant understands why", "8.3", "Answer it below"),
    Missing("Write what was done to resolve the matter, for the closing letter", "8.3", "Answer it below"),
    Missing("Say whether another risk assessment was considered", "8.1", "Answer it below"),
    Missing("Say whether the matter is fully resolved", "8.1", "Answer it below"),
]
NOT_RESOLVED = Missing(
    "The matter is not fully resolved, so a manager must advise", "8.2", "Give or refuse it"
)


def test_from_a_report_to_closure(browser: Browser, live_server: LiveServer, days: Days) -> None:
    load("places-for-people")
    office = reported(browser, live_server.url, "places-for-people")
    sunita = office.desk("Sunita Example", Role.OFFICER, "chm")
    ade = office.desk("Ade Example", Role.MANAGER, "am")
    carys = office.desk("Carys Example", Role.MANAGER, "csam")
    tom = office.desk("Tom Example", Role.SPECIALIST, "tem")
    it_does_not_end_at_once(sunita)
    risk_and_plan(sunita, days)
    conference_and_escalation(sunita, ade, carys)
    to_the_enforcement_team(sunita, tom, carys)
    to_court(tom)
    everything_that_closing_needs(tom, carys, days)
    the_end(tom, ade)


def it_does_not_end_at_once(sunita: Desk) -> None:
    sunita.go("close/")
    assert sunita.missing() == [NOT_TOLD]
    choose_ground(sunita, REDUCED, WHY)
    assert sunita.refused("Check and close") == [NOT_TOLD, *ASKED]


def risk_and_plan(sunita: Desk, days: Days) -> None:
    sunita.go("risk/")
    assess_risk(sunita, worst=True)
    sunita.write("What is done about it", "We ring every three days; the police know")
    sunita.press("Save what is done")
    sunita.go("plan/")
    sunita.press("Agree a plan")
    sunita.write("Days between contacts", "21")
    sunita.main.get_by_label("For you to report any further incidents").check()
    assert sunita.refused("Save the plan") == []
    assert sunita.problems() == [
        "We speak every 7 days or every 14 days, or more often; less often cannot be agreed. (Appendix 2)",
        "The plan does not outline the actions we intend to take. (Policy 4 bullet 8)",
        "The plan does not detail how we will support the victim. (Procedure 2, Action Plan)",
    ]
    sunita.write("Days between contacts", "7")
    agree_actions(sunita, "Sunita Example, Housing officer", days.day(7))
    sunita.is_told("Version 1 of the action plan is agreed. It is not sent yet.")


def conference_and_escalation(sunita: Desk, ade: Desk, carys: Desk) -> None:
    take(sunita, "Sunita Example, Housing officer")
    assert use(sunita, "injunction") == [
        *ANSWERS,
        ESCALATION,
        CONFERENCE,
        DECISION,
        WITH_TEM,
        ASSESSMENT,
        APPROVAL,
    ]
    sunita.mend(ESCALATION.text)
    assert sunita.notes() == [
        "You cannot give this one. Only somebody with this position may give it: Area Manager (Neighbourhoods)"
        f" ({AM}). Four eyes: the case is yours, and nobody approves a step on their own case. Ask somebody else."
        " It can be given by: Ade Example."
    ]
    carys.go("approvals/legal_decision/")
    carys.choose(REQUIRED, YES)
    carys.write("Why", "It was heard at the conference")
    assert carys.refused("Put on record") == [CONFERENCE, ESCALATION]
    sunita.go("tools/injunction/")
    sunita.mend(CONFERENCE.text)
    assert sunita.refused("Record that it was used") == [NOTES]
    sunita.answer(CONFERENCE_ANSWERS)
    sunita.press("Check again and record it")
    sunita.is_told("On record: Case conference.")
    carys.go("approvals/legal_decision/")
    assert carys.missing() == [ESCALATION]
    ade.go("tools/injunction/")
    ade.mend(ESCALATION.text)
    approve(ade, ESCALATE, YES, "All else was tried")
    carys.go("approvals/legal_decision/")
    approve(carys, REQUIRED, YES, "The conference was of one mind")
    carys.is_told("It is on record: approved.")


def to_the_enforcement_team(sunita: Desk, tom: Desk, carys: Desk) -> None:
    sunita.go("tools/injunction/")
    assert sunita.missing() == [WITH_TEM, ASSESSMENT, APPROVAL]
    sunita.mend(ASSESSMENT.text)
    sunita.answer({CONCLUDED: PROPORTIONATE})
    sunita.write("Why", "Nothing else worked")
    assert sunita.refused("Put on record") == []
    assert sunita.problems() == ["Only a Tenancy Enforcement Manager may decide this. Ask one to record it."]
    sunita.go("tools/injunction/")
    sunita.mend(WITH_TEM.text)
    sunita.select("To whom", "Tom Example, Tenancy enforcement specialist")
    sunita.select("Team that manages it", "Tenancy Enforcement Team")
    sunita.write("Why", "It goes to court")
    sunita.press("Give the case")
    sunita.is_told("The case is now with Tom Example.")
    carys.go("approvals/proportionality_approval/")
    carys.choose(IS_APPROVED, YES)
    carys.write("Why", "It looks right")
    assert carys.refused("Put on record") == [NOT_COMPLETED]
    tom.go("tools/injunction/")
    tom.mend(ASSESSMENT.text)
    decide(tom, CONCLUDED, PROPORTIONATE, "Nothing else worked")
    tom.go("tools/injunction/")
    tom.mend(APPROVAL.text)
    assert tom.notes() == [
        "You cannot give this one. Only somebody with this position may give it: Community Safety Area Manager"
        " (7.4 and Procedure 3, CSAM). Four eyes: the case is yours, and nobody approves a step on their own case. Ask"
        " somebody else. Four eyes: you recorded “What does the proportionality assessment conclude?” yourself."
        " Somebody else approves it. It can be given by: Carys Example."
    ]
    carys.go("tools/injunction/")
    carys.mend(APPROVAL.text)
    approve(carys, IS_APPROVED, YES, "It is fair")


def to_court(tom: Desk) -> None:
    assert use(tom, "injunction") == ANSWERS
    tom.answer(LEGAL)
    tom.press("Check again and record it")
    tom.is_told("On record: Civil injunction.")


def everything_that_closing_needs(tom: Desk, carys: Desk, days: Days) -> None:
    end(tom, REDUCED, WHY, CLOSING)
    assert tom.refused("Check and close") == [UNFINISHED, HIGH, NOT_TOLD, NOT_RESOLVED]
    tom.mend(UNFINISHED.text)
    finish_action(tom)
    tom.go("close/")
    tom.mend(HIGH.text)
    assert tom.notes() == [
        "You cannot give this one. Only somebody with this position may give it: Area Manager (Neighbourhoods) or"
        " Community Safety Area Manager (8.2). Four eyes: the case is yours, and nobody approves a step on their own"
        " case. Ask somebody else. It can be given by: Ade Example, Carys Example."
    ]
    carys.go("close/")
    assert carys.missing() == [HIGH, NOT_TOLD]
    carys.mend(HIGH.text)
    carys.write("What is your advice on closing this case?", "Close it, and look again in March")
    carys.press("Put on record")
    for means, outcome in TRIES:
        tom.go("close/")
        assert tom.missing() == [NOT_TOLD]
        tom.mend(NOT_TOLD.text)
        say(tom, means, outcome, "About closing the case")
        wait(tom.office, days, 1)


def the_end(tom: Desk, ade: Desk) -> None:
    for desk in (ade, tom):
        end(desk, REDUCED, WHY, CLOSING)
    tom.press("Check and close")
    tom.is_told(f"{CLOSED}1 letter or survey is to be sent.")
    another_is_refused(ade)
    answers = "\n".join(
        f"{question} {'No' if answer is False else answer}" for question, answer in CLOSING.items()
    )
    assert tom.newest(2) == [(LETTER, ""), (f"Case closed: {REDUCED}", f"{WHY}\n{answers}")]
    assert tom.letter("Closing letter") == letter_of(
        tom.office,
        "We have decided to close your case.",
        f"Why we have closed it: {WHY}",
        f"What was done: {CLOSING[DONE]}",
        "If it happens again, or anything else happens, please tell us: telephone 0113 496 0182 (Monday to Friday, 8am"
        " to 6pm) or e-mail asb@places-for-people.example. If somebody is in danger, ring 999.",
        "If you are unhappy with how we dealt with your reports, you can make a complaint to us.",
        "If you have reported anti-social behaviour again and again, you can ask for an ASB case review. Somebody else"
        " may ask for you. Your local council will tell you how.",
    )
    send_letter(tom)
    assert tom.newest(1) == [(SENT, BY_HAND)]
