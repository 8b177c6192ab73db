"""What is reported to a landlord over a year: how often what, and what becomes of it."""

import datetime
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

from asbcases.demo.office import Office
from triage.engine import decide
from triage.facts import Facts

REPORTS = 60
YEAR = datetime.timedelta(days=364)
NEWEST = datetime.timedelta(minutes=45)

Twist = Literal[
    "left_waiting", "sent_away", "opened_after_all", "anonymous", "domestic_abuse", "hate", "neighbours_too",
    "reported_twice", "reopened", "raised", "lowered", "handed_over", "entered_late", "not_given_out",
    "met_late", "recorded_late", "lasting",
]  # fmt: skip
TWISTS: dict[Twist, tuple[int, ...]] = {
    "left_waiting": (0, 2, 5, 9),
    "sent_away": (17, 28, 38),
    "opened_after_all": (14,),
    "anonymous": (4, 16, 29, 45),
    "domestic_abuse": (3, 21, 47),
    "hate": (7, 26, 50),
    "neighbours_too": (8, 12, 19, 27, 33),
    "reported_twice": (11, 35),
    "reopened": (40,),
    "raised": (10, 24, 52),
    "lowered": (15, 31),
    "handed_over": (13, 22, 44),
    "entered_late": (6, 36),
    "not_given_out": (1,),
    "met_late": (8, 13, 18, 25, 34, 43, 53),
    "recorded_late": (10, 20, 30, 41, 48),
    "lasting": (22, 37),
}
"""Which reports, counted from the newest of sixty, go which way."""

SPECIAL: dict[Twist, str] = {"domestic_abuse": "domestic_abuse", "hate": "hate_incident"}
COMMON = {
    "noise": 24, "verbal_abuse": 9, "harassment_intimidation": 8, "drug_use": 8, "everyday_living_noise": 6,
    "litter_fly_tipping": 5, "animal_nuisance": 5, "neighbour_dispute": 5, "garden_nuisance": 4, "parking": 4,
    "communal_area_misuse": 4, "threats_of_violence": 4, "alcohol_nuisance": 3, "vehicle_nuisance": 3,
    "vandalism_graffiti": 3, "drug_dealing": 3, "physical_violence": 3, "youth_disorder_minor": 3,
    "dangerous_dog": 1, "cuckooing": 1, "youth_disorder_serious": 1, "arson": 1, "drug_production": 1,
    "burglary": 1, "prostitution": 1, "other_criminal": 1,
}  # fmt: skip
"""How often each is reported, against the others."""

TOGETHER = {
    "noise": ("verbal_abuse", "alcohol_nuisance"),
    "drug_use": ("noise", "communal_area_misuse"),
    "harassment_intimidation": ("verbal_abuse", "threats_of_violence"),
    "hate_incident": ("verbal_abuse", "harassment_intimidation"),
}
CHANNELS = {
    "web": 10, "telephone": 12, "email": 4, "in_person": 2, "portal": 2, "letter": 1, "text": 1,
    "councillor_or_mp": 1, "partner": 1,
}  # fmt: skip
AT_ANY_HOUR = frozenset({"web", "portal", "email", "text"})
REPORTERS = {"tenant": 16, "leaseholder": 2, "shared_owner": 1, "non_customer": 2}
RESPONDENTS = {"tenant": 12, "household": 4, "visitor": 2, "unknown": 2}
HATE_STRANDS = ("race", "religion", "sexual_orientation", "disability", "transgender")
HARMFUL = frozenset(
    {"physical_violence", "threats_of_violence", "dangerous_dog", "cuckooing", "domestic_abuse"}
)
WAITING = (
    ("neighbour_dispute", "non_customer", "private"),
    ("noise", "leaseholder", "private"),
    ("parking", "tenant", "private"),
    ("noise", "non_customer", "other_landlord"),
    ("parking", "leaseholder", "other_landlord"),
    ("everyday_living_noise", "tenant", "tenant"),
    ("parking", "tenant", "tenant"),
    ("neighbour_dispute", "tenant", "tenant"),
)
"""Behaviour, reporter and respondent that one landlord or another sends away."""


@dataclass(frozen=True)
class Plan:
    """One report to come. ``received_at`` is when it reaches the landlord."""

    number: int
    received_at: datetime.datetime
    facts: dict[str, Any]
    twists: frozenset[Twist] = field(default_factory=frozenset)

    @property
    def behaviours(self) -> tuple[str, ...]:
        found: tuple[str, ...] = self.facts["behaviours"]
        return found


def year_of_reports(office: Office, reports: int = REPORTS) -> list[Plan]:
    """Newest first and denser towards the present, so that a year ago most is closed and today much is open."""
    return [_plan(office, number, reports) for number in range(reports)]


def rng_of(office: Office, number: int, what: str = "") -> Random:
    """The same draws at every load, whatever else is drawn in between."""
    return Random(f"{office.landlord.key}:{number}:{what}")  # noqa: S311 (nothing secret is drawn)


def _plan(office: Office, number: int, reports: int) -> Plan:
    rng = rng_of(office, number, "plan")
    twists = _twists(number, reports)
    share = (number + rng.random()) / reports
    moment = office.ends - max(NEWEST, YEAR * share**2)
    facts = _waiting_facts(office, rng) if twists & _AWAY else _facts(rng, twists)
    facts["channel"] = "web" if "anonymous" in twists else _drawn(rng, CHANNELS)
    return Plan(number, _received(office, moment, facts, rng), facts, twists)


_AWAY: frozenset[Twist] = frozenset({"left_waiting", "sent_away", "opened_after_all"})


def _twists(number: int, reports: int) -> frozenset[Twist]:
    return frozenset(
        twist
        for twist, places in TWISTS.items()
        if number in {place * reports // REPORTS for place in places}
    )


def _received(
    office: Office, moment: datetime.datetime, facts: dict[str, Any], rng: Random
) -> datetime.datetime:
    """In opening hours where a person takes it; otherwise whenever somebody could not sleep."""
    moment = moment.replace(microsecond=0)
    if facts["channel"] in AT_ANY_HOUR:
        return moment
    taken = office.at_work(moment, rng)
    if taken > office.ends - NEWEST:
        facts["channel"] = "web"
        return moment
    return taken


def _facts(rng: Random, twists: frozenset[Twist]) -> dict[str, Any]:
    behaviour = next((SPECIAL[twist] for twist in SPECIAL if twist in twists), None) or _drawn(rng, COMMON)
    second = [rng.choice(TOGETHER[behaviour])] if behaviour in TOGETHER and rng.random() < 0.4 else []
    facts: dict[str, Any] = {
        "behaviours": (behaviour, *second),
        "reporter": _drawn(rng, REPORTERS),
        "respondent": _drawn(rng, RESPONDENTS),
        "persistent_or_unreasonable": rng.choice((True, True, None)),
    }
    return facts | _more(rng, behaviour, twists)


def _more(rng: Random, behaviour: str, twists: frozenset[Twist]) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if behaviour == "hate_incident":
        more |= {"hate_perceived": True, "hate_strands": (rng.choice(HATE_STRANDS),)}
    if behaviour in HARMFUL and rng.random() < 0.5:
        more["risk_of_personal_harm"] = True
    if rng.random() < 0.2:
        more["affects_wider_community"] = True
    if "anonymous" in twists:
        more |= {"anonymous": True, "reporter": None}
    return more


def _waiting_facts(office: Office, rng: Random) -> dict[str, Any]:
    """Something this landlord's own policy proposes to send away."""
    candidates = [_about(*one) for one in rng.sample(WAITING, len(WAITING))]
    received = office.ends
    return next(
        facts
        for facts in candidates
        if not decide(Facts.model_validate({**facts, "received_at": received}), office.policy).opens_case
    )


def _about(behaviour: str, reporter: str, respondent: str) -> dict[str, Any]:
    return {
        "behaviours": (behaviour,),
        "reporter": reporter,
        "respondent": respondent,
        "persistent_or_unreasonable": False,
    }


def _drawn(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
