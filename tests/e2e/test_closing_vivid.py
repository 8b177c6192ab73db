"""VIVID: no legal step without the Equality Act and the Human Rights Act, and an end that only reminds."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from landlords.permissions import Role
from tests.e2e.days import Days
from tests.e2e.walking import (
    BY_HAND,
    CLOSED_BOTH,
    COMPLAINANT,
    LETTER,
    SENT,
    SURVEY,
    Desk,
    Missing,
    agree_actions,
    another_is_refused,
    assess_risk,
    decide,
    end,
    letter_of,
    reported,
    send_letter,
    use,
)
from tests.factories.policies import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


WITH_TEAM = Missing(
    "Legal action is the Tenancy Enforcement team’s, whatever the category. Give the case to them.",
    "Neighbourhood team, nobody has this case 3 bullet 2",
    "Give to somebody",
)
REVIEWED = Missing(
    "No review under the Equality Act and the Human Rights Act says that legal action is proportionate.",
    "4.4",
    "Record the decision",
)
ANSWERS = [
    Missing(text, "4.4", "Answer it below")
    for text in (
        "Look at the Equality Act and the Human Rights Act again for this step, and say so.",
        "Say why it is proportionate, with the needs of the victim, of the perpetrator and of the wider community.",
        "Say why this tool is appropriate.",
        "A legal tool needs sufficient evidence. Say whether there is.",
    )
]
SHOWN = (
    "What did considering the Equality Act and the Human Rights Act show, for the victim, the perpetrator and the"
    " wider community?"
)
LEGAL: dict[str, bool | str] = {
    "Why is this tool appropriate?": "Nothing else stopped it",
    "Is there sufficient evidence?": True,
    "Did you look at the Equality Act and the Human Rights Act again for this very step?": True,
    "Why is it proportionate, with the needs of the victim, of the perpetrator and of the wider community?": "Both",
}
STOPPED = "The behaviour has stopped and the complainant agrees"
WHY = "It has been quiet since the injunction"
REMINDERS = [
    Missing(
        "The complainant has not been spoken to about closing", f"{COMPLAINANT} our reading", "Record contact"
    ),
    Missing(
        "Nobody has said whether there is a concern for the well-being of an adult or a child",
        "4.6 our reading",
        "Record the decision",
    ),
    Missing(
        "Nobody has said which support the complainant needs and to whom they were referred",
        "4.6 bullet 5 our reading",
        "Record the decision",
    ),
]
AGREES: dict[str, bool | str] = {"Does the complainant agree that the case is closed?": True}


def test_from_a_report_to_closure(browser: Browser, live_server: LiveServer, days: Days) -> None:
    load("vivid")
    office = reported(browser, live_server.url, "vivid")
    sunita = office.desk("Sunita Example", Role.OFFICER)
    ade = office.desk("Ade Example", Role.MANAGER)
    tom = office.desk("Tom Example", Role.SPECIALIST)
    risk_and_plan(sunita, days)
    to_court(sunita, tom, ade)
    the_end(tom, ade)


def risk_and_plan(sunita: Desk, days: Days) -> None:
    sunita.go("risk/")
    assess_risk(sunita, worst=False)
    sunita.go("plan/")
    sunita.press("Agree a plan")
    sunita.write("Days between contacts", "14")
    assert sunita.refused("Save the plan") == []
    assert sunita.problems() == ["The plan has no action: say what each of you does."]
    agree_actions(sunita, "Sunita Example, Housing officer", days.day(7))
    sunita.is_told("Version 1 of the action plan is agreed.")


def to_court(sunita: Desk, tom: Desk, ade: Desk) -> None:
    assert use(sunita, "injunction") == [WITH_TEAM, REVIEWED, *ANSWERS]
    sunita.mend(WITH_TEAM.text)
    sunita.select("To whom", "Tom Example, Tenancy enforcement specialist")
    sunita.select("Team that manages it", "Tenancy Enforcement team")
    sunita.write("Why", "It goes to court")
    sunita.press("Give the case")
    sunita.is_told("The case is now with Tom Example.")
    assert use(tom, "injunction") == [REVIEWED, *ANSWERS]
    tom.mend(REVIEWED.text)
    decide(tom, SHOWN, "Legal action is not proportionate", "Her son sits his examinations")
    against = REVIEWED._replace(source="Tom Example: Legal action is not proportionate 4.4")
    assert use(tom, "injunction") == [against, *ANSWERS]
    ade.go("tools/injunction/")
    ade.open("Set these gates aside, with reasons")
    ade.write("Reasons", "He threatens to move in again")
    ade.write("Why it is fair, reasonable and proportionate", "It protects her")
    ade.press("Set the gates aside")
    ade.is_told("The gates are set aside on this case, with your reasons.")
    assert use(tom, "injunction") == [against, ANSWERS[0]]
    tom.mend(REVIEWED.text)
    decide(tom, SHOWN, "Legal action is proportionate", "The examinations are over")
    assert use(tom, "injunction") == [ANSWERS[0]]
    tom.answer(LEGAL)
    tom.press("Check again and record it")
    tom.is_told("On record: Civil injunction.")


def the_end(tom: Desk, ade: Desk) -> None:
    tom.go("close/")
    assert tom.refused("Check and close") == [
        Missing("Choose why the case is closed.", "", "Answer it below"),
        Missing(
            "Say why the case is closed, as you would explain it to the complainant.", "", "Answer it below"
        ),
    ]
    assert tom.reminded() == REMINDERS
    for desk in (ade, tom):
        end(desk, STOPPED, WHY, AGREES)
    tom.press("Check and close")
    tom.is_told(CLOSED_BOTH)
    another_is_refused(ade)
    asked = "Does the complainant agree that the case is closed? Yes"
    assert tom.newest(3) == [(SURVEY, ""), (LETTER, ""), (f"Case closed: {STOPPED}", f"{WHY}\n{asked}")]
    assert tom.letter("Closing letter") == letter_of(
        tom.office,
        "We have closed your case.",
        f"Why we have closed it: {WHY}",
        "If it happens again, or anything else happens, please tell us: telephone 020 7946 0165 (Monday to Friday,"
        " 8:30am to 5pm) or e-mail asb@vivid.example. If somebody is in danger, ring 999.",
        "If you are unhappy with how we dealt with your reports, you can make a complaint to us.",
        "If you have reported anti-social behaviour and think that no action has been taken, you can ask for an ASB"
        " case review (community trigger). Your local council will tell you how.",
    )
    send_letter(tom)
    assert tom.newest(1) == [(SENT, BY_HAND)]
