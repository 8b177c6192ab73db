"""believe: an alleged perpetrator told twice of noise equipment, mediation on its conditions, and 28 quiet days."""

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
    letter_of,
    reported,
    say,
    send_letter,
    use,
    wait,
)
from tests.factories.policies import load

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


NEIGHBOUR = "Dale Example"
NOBODY = Missing(
    "The alleged perpetrator has to be told that it is likely to be used, both verbally and in writing.",
    "nobody is named on the case whom we could tell 11.2",
    "Add them to the case",
)
NEITHER = Missing(
    NOBODY.text, "not told in person or by telephone; not told in writing 11.2", "Record the notice"
)
NOT_WRITTEN = NEITHER._replace(source="not told in writing 11.2")
WILLING = "Are all of them willing to come together?"
SERIOUS = "Is serious criminality involved?"
POWER = "Is there an imbalance of power between them?"
TOGETHER = [
    Missing(
        "All parties have to agree to it and be willing to come together. Ask each of them.",
        "12.12 and 12.14",
        "Answer it below",
    ),
    Missing(
        "It is only offered where no serious criminality is involved. Say whether any is.",
        "12.14 bullet 2",
        "Answer it below",
    ),
    Missing(
        "It is only offered where there is no imbalance of power. Say whether there is one.",
        "12.14 bullet 3",
        "Answer it below",
    ),
]
QUIET = "No contact and no further complaints within 28 days"
WHY = "We have heard nothing for four weeks, and could not reach them"
HOLDS = "If nothing more is heard, this ground holds from Tuesday 15 December 2026. 14.3"
NOT_QUIET = Missing("It has not been quiet for 28 days", f"Last heard of 0 days ago. {HOLDS}", "")
NOT_TRIED = Missing(
    "The complainant has not been tried by a variety of methods since you last spoke",
    f"{COMPLAINANT} 14.4",
    "Record contact",
)
NEITHER_TOLD = Missing(
    "The complainant has been neither spoken to about closing nor tried by a variety of methods",
    f"{COMPLAINANT} 14.4",
    "Record contact",
)


def test_from_a_report_to_closure(browser: Browser, live_server: LiveServer, days: Days) -> None:
    load("believe")
    office = reported(browser, live_server.url, "believe")
    sunita = office.desk("Sunita Example", Role.OFFICER)
    ade = office.desk("Ade Example", Role.MANAGER)
    sunita.go("risk/")
    assess_risk(sunita, worst=False)
    noise_equipment(sunita)
    mediation(sunita)
    four_quiet_weeks(sunita, days)
    the_end(sunita, ade)


def noise_equipment(sunita: Desk) -> None:
    assert use(sunita, "noise_equipment") == [NOBODY]
    sunita.mend(NOBODY.text)
    sunita.write("Name", NEIGHBOUR)
    sunita.main.get_by_label("Alleged perpetrator").check()
    sunita.press("Add to the case")
    tell(sunita, NEITHER, "In person or by telephone")
    tell(sunita, NOT_WRITTEN, "In writing")
    sunita.go("tools/noise_equipment/")
    assert sunita.missing() == []
    sunita.press("Record that it was used")
    sunita.is_told("On record: Noise monitoring equipment or the Noise App.")


def tell(sunita: Desk, lacking: Missing, how: str) -> None:
    """What is lacking leads to the notice, which is given in this way."""
    assert use(sunita, "noise_equipment") == [lacking]
    sunita.mend(lacking.text)
    sunita.select("Who was told", NEIGHBOUR)
    sunita.choose("How", how)
    sunita.write("What they were told, or where the letter is", "That it is likely to be used")
    sunita.press("Put on record")
    sunita.is_told(f"It is on record that {NEIGHBOUR} was told.")


def mediation(sunita: Desk) -> None:
    assert use(sunita, "mediation") == TOGETHER
    sunita.answer({WILLING: True, SERIOUS: True, POWER: False})
    assert sunita.refused("Check again and record it") == [TOGETHER[1]]
    sunita.answer({SERIOUS: False})
    sunita.press("Check again and record it")
    sunita.is_told("On record: Mediation.")


def four_quiet_weeks(sunita: Desk, days: Days) -> None:
    """Ringing twice is no variety; a visit as well is, but only the 29th day is more than 28 days of quiet."""
    choose_ground(sunita, QUIET, WHY)
    assert sunita.refused("Check and close") == [NEITHER_TOLD, NOT_QUIET, NOT_TRIED]
    sunita.mend(NOT_TRIED.text)
    say(sunita, "Telephone", "No answer", "Rang about closing the case")
    wait(sunita.office, days, 1)
    choose_ground(sunita, QUIET, WHY)
    quiet = NOT_QUIET._replace(source=f"Last heard of 1 day ago. {HOLDS}")
    assert sunita.missing() == [NEITHER_TOLD, quiet, NOT_TRIED]
    sunita.mend(NOT_TRIED.text)
    say(sunita, "Telephone", "No answer", "Rang again about closing the case")
    choose_ground(sunita, QUIET, WHY)
    assert sunita.missing() == [NEITHER_TOLD, quiet, NOT_TRIED]
    sunita.mend(NEITHER_TOLD.text)
    say(sunita, "Visit", "Visited, nobody in", "A card through the door")
    wait(sunita.office, days, 27)
    choose_ground(sunita, QUIET, WHY)
    quiet = NOT_QUIET._replace(source=f"Last heard of 28 days ago. {HOLDS}")
    assert sunita.refused("Check and close") == [quiet]
    wait(sunita.office, days, 1)


def the_end(sunita: Desk, ade: Desk) -> None:
    for desk in (ade, sunita):
        choose_ground(desk, QUIET, WHY)
    sunita.press("Check and close")
    sunita.is_told(CLOSED_BOTH)
    another_is_refused(ade)
    assert sunita.newest(3) == [
        (SURVEY, ""),
        (LETTER, ""),
        (f"Case closed: {QUIET}", f"{WHY}"),
    ]
    assert sunita.letter("Closing letter") == letter_of(
        sunita.office,
        "We have closed your case.",
        f"Why we have closed it: {WHY}",
        "If it happens again, or anything else happens, please tell us: telephone 0113 496 0303 (Monday to Friday, 8am"
        " to 5pm) or e-mail asb@believe.example. If somebody is in danger, ring 999.",
        "If you are unhappy about our decision, please use our complaints process first. If you are still not"
        " satisfied, you can take your complaint to the Housing Ombudsman.",
        "If you feel that your reports were not dealt with well enough, you can ask for an ASB case review (Community"
        " Trigger). Contact Durham Constabulary on 101.",
    )
    send_letter(sunita)
    assert sunita.newest(1) == [(SENT, BY_HAND)]
