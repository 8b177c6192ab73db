"""Plus Dane: a justified injunction, a recording that somebody has to listen to, a reporter who is consulted."""

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
    choose_ground,
    decide,
    end,
    letter_of,
    reported,
    say,
    send_letter,
    take,
    use,
)
from tests.factories.policies import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

JUSTIFIED = Missing(
    "No justification exercise says that legal action is a proportionate means to a legitimate aim. It has to look"
    " at the needs of the person it is against.",
    "6.2 Perpetrator Support / Vulnerability",
    "Record the decision",
)
EXERCISE = (
    "Is legal action a proportionate means to a legitimate aim, with the needs of the person it is against?"
)
AIM = "A proportionate means to a legitimate aim"
SUPPORT, ACTION, LEGAL_ACTION = (
    "6.2 Perpetrator Support / Vulnerability",
    "15.2 Formal Action",
    "15.3 Legal action",
)
ANSWERS = [
    Missing(text, clause, "Answer it below")
    for text, clause in (
        ("Say why this action is proportionate and has a genuine chance of resolving the matter.", ACTION),
        ("Say whether we know or believe that the person has a protected characteristic.", SUPPORT),
        ("Say what evidence there is and how good it is. Without evidence no court can act.", LEGAL_ACTION),
        ("Say which witnesses are available.", LEGAL_ACTION),
        ("Say what the impact on the wider community is.", LEGAL_ACTION),
        ("Say how the Human Rights Act and the Equality Act were taken into account.", LEGAL_ACTION),
    )
]
LEGAL: dict[str, bool | str] = {
    "Why is this proportionate, and why has it a genuine chance of resolving the matter?": "Nothing else worked",
    "Do we know or believe that the person has a protected characteristic?": False,
    "What evidence proves it, and how good is it?": "Eleven recordings, with dates",
    "Which witnesses are available?": "Two neighbours",
    "What is the impact on the wider community?": "Nobody on the landing sleeps",
    "How were the Human Rights Act and the Equality Act taken into account?": "Article 8, of both sides",
}
INSUFFICIENT = "There is insufficient evidence to take action"
WHY = "The judge found nothing in the recordings"
OBJECTIONS = "What did the reporter have against closing, and what did you advise?"
PERPETRATOR = "What was considered of the perpetrator’s needs?"
CLOSING: dict[str, bool | str] = {OBJECTIONS: "Nothing against it", PERPETRATOR: "A floating support worker"}
NOT_HEARD = Missing(
    "The officer of the case has not listened to every recording",
    "Not yet by Sunita Example: “Bass at night”. 14 Professional Witnesses and the use of CCTV and the Noise App",
    "Look at the evidence",
)
NOT_TOLD = Missing(
    "The reporter has not been consulted about closing", f"{COMPLAINANT} 20 Closing Cases", "Record contact"
)
NOT_SAID = Missing(
    "Say what the reporter had against closing, and what you advised", "20 Closing Cases", "Answer it below"
)


def test_from_a_report_to_closure(browser: Browser, live_server: LiveServer, days: Days) -> None:
    load("plus-dane")
    office = reported(browser, live_server.url, "plus-dane")
    sunita = office.desk("Sunita Example", Role.OFFICER)
    ade = office.desk("Ade Example", Role.MANAGER)
    risk_and_plan(sunita, days)
    to_court(sunita)
    everything_that_closing_needs(sunita, ade)
    the_end(sunita, ade)


def risk_and_plan(sunita: Desk, days: Days) -> None:
    sunita.go("risk/")
    assess_risk(sunita, worst=False)
    sunita.go("plan/")
    sunita.press("Agree a plan")
    sunita.main.get_by_label("For you to report any further incidents").check()
    assert sunita.refused("Save the plan") == []
    assert sunita.problems() == [
        f"Agree with {COMPLAINANT} how often we speak, and say it in days. (Reporting ASB (unnumbered; contents s6))",
        "The plan shows no decisive action of ours, with who does it and by when."
        " (Reporting ASB (unnumbered; contents s6))",
    ]
    sunita.write("Days between contacts", "10")
    agree_actions(sunita, "Sunita Example, Housing officer", days.day(7))
    sunita.is_told("Version 1 of the action plan is agreed.")


def to_court(sunita: Desk) -> None:
    assert use(sunita, "injunction") == [JUSTIFIED, *ANSWERS]
    sunita.mend(JUSTIFIED.text)
    decide(sunita, EXERCISE, "Not proportionate", "His needs were not looked at yet")
    sunita.go("tools/injunction/")
    assert sunita.missing() == [
        JUSTIFIED._replace(source=f"Sunita Example: Not proportionate {JUSTIFIED.source}")
    ]
    sunita.go("decisions/justification_exercise/")
    decide(sunita, EXERCISE, AIM, "His needs were looked at, and support goes beside it")
    assert use(sunita, "injunction") == ANSWERS
    sunita.answer(LEGAL)
    sunita.press("Check again and record it")
    sunita.is_told("On record: Injunction.")


def everything_that_closing_needs(sunita: Desk, ade: Desk) -> None:
    """That somebody else has listened does not do; nor does a call that nobody answered."""
    take(sunita, "Sunita Example, Housing officer")
    sunita.go("evidence/add/")
    sunita.select("What it is", "Noise recording")
    sunita.write("Called", "Bass at night")
    sunita.write("Or, where it is kept", "Noise App")
    sunita.press("Add evidence")
    choose_ground(sunita, INSUFFICIENT, WHY)
    assert sunita.refused("Check and close") == [NOT_HEARD, NOT_TOLD, NOT_SAID]
    ade.go("evidence/")
    listen(ade)
    choose_ground(sunita, INSUFFICIENT, WHY)
    assert sunita.missing() == [NOT_HEARD, NOT_TOLD, NOT_SAID]
    sunita.mend(NOT_HEARD.text)
    listen(sunita)
    choose_ground(sunita, INSUFFICIENT, WHY)
    assert sunita.missing() == [NOT_TOLD, NOT_SAID]
    sunita.mend(NOT_TOLD.text)
    say(sunita, "Telephone", "No answer", "Rang about closing the case")
    choose_ground(sunita, INSUFFICIENT, WHY)
    assert sunita.missing() == [NOT_TOLD, NOT_SAID]
    sunita.mend(NOT_TOLD.text)
    say(sunita, "Telephone", "We spoke", "Wren is content, and will ring if it starts again")


def listen(desk: Desk) -> None:
    """From the list of evidence."""
    desk.open("Bass at night")
    desk.write("What it shows", "Only voices, and no bass")
    desk.press("Save what it shows")


def the_end(sunita: Desk, ade: Desk) -> None:
    for desk in (ade, sunita):
        end(desk, INSUFFICIENT, WHY, CLOSING)
    sunita.press("Check and close")
    sunita.is_told(CLOSED_BOTH)
    another_is_refused(ade)
    answers = "\n".join(f"{question} {answer}" for question, answer in CLOSING.items())
    assert sunita.newest(3) == [
        (SURVEY, ""),
        (LETTER, ""),
        (
            f"Case closed: {INSUFFICIENT}",
            f"{WHY}\n{answers}",
        ),
    ]
    assert sunita.letter("Closing letter") == letter_of(
        sunita.office,
        "We have closed your case.",
        f"Why we have closed it: {WHY}",
        "If it happens again, or anything else happens, please tell us: telephone 020 7946 0101 (Monday to Friday, 8am"
        " to 6pm) or e-mail asb@plus-dane.example. If somebody is in danger, ring 999.",
        "If you are unhappy with our service, you can make a complaint to us.",
        "If you feel that your case has not been dealt with or resolved appropriately, you can ask for an ASB case"
        " review. asbhelp.co.uk/community-trigger-directory says how to ask for one where you live.",
    )
    send_letter(sunita)
    assert sunita.newest(1) == [(SENT, BY_HAND)]
