"""Derby Homes: nobody loses a home before the services have talked, and nobody is closed over in silence."""

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
    another_is_refused,
    assess_risk,
    choose_ground,
    end,
    letter_of,
    reported,
    say,
    send_letter,
    use,
)
from tests.factories.policies import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


DISCUSSED = Missing(
    "Social Services, the Housing Options Team and the right support services have not discussed it with us. Hold that"
    " discussion and record it.",
    "9.17",
    "Record it",
)
ANSWERS = [
    Missing("All the options have to be considered. Say which were.", "6.4", "Answer it below"),
    Missing("Say why this is reasonable and proportionate to what was reported.", "9.23", "Answer it below"),
    Missing(
        "Say how the person’s support needs were addressed and what chance they had to change.",
        "9.8",
        "Answer it below",
    ),
]
LEGAL: dict[str, bool | str] = {
    "Which options were considered?": "A warning, a contract, an injunction",
    "Why is this reasonable and proportionate to what was reported?": "Three years of nights",
    "How were the person’s support needs addressed, and what chance had they to change?": "Two support workers",
    "Which tenancy is it?": "Secure",
}
DISCUSSION: dict[str, bool | str] = {
    "Which services took part?": "Social Services and the Housing Options Team",
    "What was said about the risk, what was agreed, and how is homelessness prevented?": "A hostel keeps a room",
}
INSUFFICIENT = "There is insufficient evidence for action to be taken"
WHY = "Nothing of it can be proved"
WANTS = "Does the complainant want the case closed?"
EXPLAINED = "Have the reasons been fully explained to the complainant?"
EVERYTHING = "Have we done everything we can that is reasonable and proportionate?"
NOT_TRIED = Missing(
    "Nobody has tried to contact the complainant about closing", f"{COMPLAINANT} 17.2", "Record contact"
)
NOT_ASKED = Missing("Say whether the complainant wants the case closed", "17.3", "Answer it below")
NOT_DISCUSSED = Missing(
    "The complainant does not want it closed, and it has not been discussed with them",
    f"{COMPLAINANT} 17.3",
    "Record contact",
)
NOT_EXPLAINED = Missing(
    "The reasons have not been fully explained to the complainant", "17.3", "Answer it below"
)
NOT_EVERYTHING = Missing(
    "Not everything that is reasonable and proportionate has been done", "17.3", "Answer it below"
)


def test_from_a_report_to_closure(browser: Browser, live_server: LiveServer, days: Days) -> None:
    load("derby-homes")
    office = reported(browser, live_server.url, "derby-homes")
    sunita = office.desk("Sunita Example", Role.OFFICER)
    ade = office.desk("Ade Example", Role.MANAGER)
    high_risk(sunita)
    to_eviction(sunita)
    everything_that_closing_needs(sunita)
    the_end(sunita, ade)


def high_risk(sunita: Desk) -> None:
    """Nobody goes on before it is said what is done, and whether the case is raised."""
    sunita.go("risk/")
    assess_risk(sunita, worst=True)
    assert sunita.refused("Save what is done") == []
    assert sunita.problems() == ["Say what is done about the risk, or why nothing is"]
    sunita.write("What is done about it", "The police come by at night, as Wren asked")
    assert sunita.refused("Save what is done") == []
    assert sunita.problems() == ["Say whether the level of the case is raised."]
    sunita.choose("Raise the case from Category 2 to Category 1?", "Yes")
    sunita.press("Save what is done")
    sunita.is_told("What is done about the risk is on the file.")


def to_eviction(sunita: Desk) -> None:
    assert use(sunita, "eviction") == [*ANSWERS, DISCUSSED]
    sunita.mend(DISCUSSED.text)
    assert sunita.refused("Record that it was used") == [
        Missing("Say which services took part.", "9.17", "Answer it below"),
        Missing(
            "Say what was said about the risk, what was agreed, and how homelessness is prevented.",
            "9.17",
            "Answer it below",
        ),
    ]
    sunita.answer(DISCUSSION)
    sunita.press("Check again and record it")
    sunita.is_told("On record: Discussion with Social Services, Housing Options and support services.")
    assert use(sunita, "eviction") == ANSWERS
    sunita.answer(LEGAL)
    sunita.press("Check again and record it")
    sunita.is_told("On record: Eviction.")


def everything_that_closing_needs(sunita: Desk) -> None:
    choose_ground(sunita, INSUFFICIENT, WHY)
    assert sunita.refused("Check and close") == [NOT_TRIED, NOT_ASKED]
    sunita.mend(NOT_TRIED.text)
    say(sunita, "Telephone", "No answer", "Rang about closing the case")
    end(sunita, INSUFFICIENT, WHY, {WANTS: False})
    assert sunita.refused("Check and close") == [NOT_DISCUSSED, NOT_EXPLAINED, NOT_EVERYTHING]
    sunita.mend(NOT_DISCUSSED.text)
    say(sunita, "Visit", "We visited and met", "Wren wants it open; we said why we close it")


def the_end(sunita: Desk, ade: Desk) -> None:
    for desk in (ade, sunita):
        end(desk, INSUFFICIENT, WHY, {WANTS: False})
        desk.press("Only check this ground")
        assert desk.missing() == [NOT_EXPLAINED, NOT_EVERYTHING]
        desk.answer({EXPLAINED: True, EVERYTHING: True})
    sunita.press("Check and close")
    sunita.is_told(CLOSED_BOTH)
    another_is_refused(ade)
    answers = f"{WANTS} No\n{EXPLAINED} Yes\n{EVERYTHING} Yes"
    assert sunita.newest(3) == [
        (SURVEY, ""),
        (LETTER, ""),
        (f"Case closed: {INSUFFICIENT}", f"{WHY}\n{answers}"),
    ]
    assert sunita.letter("Closing letter") == letter_of(
        sunita.office,
        "We have closed your case.",
        f"Why we have closed it: {WHY}",
        "If it happens again, or anything else happens, please tell us: telephone 020 7946 0202 (Monday to Friday,"
        " 8.30am to 5pm) or e-mail asb@derby-homes.example. If somebody is in danger, ring 999.",
        "You can ask for an ASB case review if you feel that your concerns were not dealt with. Derby City Council runs"
        " these reviews, and we will help you to ask for one. derbyhomes.org, saferderbyshire.gov.uk and derby.gov.uk"
        " tell you how.",
        "If you are unhappy with our service, you can make a complaint to us.",
    )
    send_letter(sunita)
    assert sunita.newest(1) == [(SENT, BY_HAND)]
