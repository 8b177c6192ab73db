"""What is done for each complainant: their risk asked and scored, a plan agreed with them and worked off."""

import datetime

from actionplans.models import Action
from actionplans.plan.checking import ActionDetails
from actionplans.plan.items import interval_words
from actionplans.plan.selectors import newest_plan, unfinished
from actionplans.plan.services import HowSent, agree_plan, finish_action, is_safe_way, plans_of
from asbcases.demo.file import File
from cases.choices import PartyRole
from cases.models import Case, Person
from policies.working_time import LONDON
from riskmatrix.engine import Answered, score
from riskmatrix.findings import risk_of
from riskmatrix.instrument import Question
from riskmatrix.models import Band
from riskmatrix.selectors import newest_of
from riskmatrix.services.acting import act_on_high
from riskmatrix.services.assessing import assess_risk
from timeline import clock

THEIRS = ("report_incidents", "keep_record", "contact_us")
OURS = ("discuss_allegations", "police_information", "keep_contact", "support_referral")
BLANKS = {"weeks": "4", "agency": "Victim Support"}


def assess(file: File, case: Case, person_id: int) -> None:
    """Calmer each time: most people are most afraid at the beginning."""
    risk, before = risk_of(case), newest_of(case, person_id)
    worst = 1.1 if before is None else 0.3
    answers = {one.number: _answer(file, one, worst) for one in risk.questions.questions}
    band = score(risk.questions, answers, risk.scaling.scale).band
    found = assess_risk(case, person_id=person_id, answers=answers, confirmed_band=band, by=file.by)
    if found.confirmed_band == Band.HIGH and file.chance(0.8):
        file.in_days(0.1, 0.5, act, found.pk, person_id)


def act(file: File, case: Case, assessment_id: int, person_id: int) -> None:
    """Say what is done, where it is still the newest assessment and nobody has."""
    newest = newest_of(case, person_id)
    if newest is not None and newest.pk == assessment_id and newest.acted_at is None:
        act_on_high(newest, words=file.words("acted_on_high"), raise_level=False, by=file.by)


def agree(file: File, case: Case, person_id: int) -> None:
    """The first plan with this complainant, or the next one."""
    policy = plans_of(case)
    days = policy.interval.default_days or file.rng.choice((7, 14))
    agree_plan(
        case,
        person_id=person_id,
        contact_every_days=days,
        actions=[*_theirs(file, case), *_ours(file, case, days)]
        if newest_plan(case, person_id) is None
        else [],
        sent_how=_safe_way(person_id) if file.chance(0.8) or policy.sent else "",
        why_changed="" if newest_plan(case, person_id) is None else file.words("plan_changed"),
        by=file.by,
    )


def _safe_way(person_id: int) -> HowSent:
    """By post, unless that is not safe for them."""
    person = Person.objects.get(pk=person_id)
    return HowSent.POST if is_safe_way(person, HowSent.POST) else HowSent.HAND


def settle(file: File, case: Case) -> None:
    """Before a case can end: everybody asked once more, and what we said we would do done."""
    for party in case.parties.filter(role=PartyRole.COMPLAINANT).order_by("id"):
        if newest_plan(case, party.person_id) is None:
            agree(file, case, party.person_id)
        _finish(file, case, party.person_id)
        assess(file, case, party.person_id)


def _finish(file: File, case: Case, person_id: int) -> None:
    plan = newest_plan(case, person_id)
    for action in unfinished(plan) if plan else []:
        if action.who == Action.Side.LANDLORD:
            finish_action(action, outcome=file.words("action_done"), done_at=clock.now(), by=file.by)


def _answer(file: File, question: Question, worst: float) -> Answered:
    """Somewhere between the mildest answer and, from ``worst`` 1 on, the gravest."""
    if file.chance(0.04):
        return Answered(declined=True)
    by_score = sorted(question.options, key=lambda option: option.score)
    return Answered(
        chosen=(by_score[min(int(file.rng.random() * worst * len(by_score)), len(by_score) - 1)].key,)
    )


def _theirs(file: File, case: Case) -> list[ActionDetails]:
    return [ActionDetails(who="complainant", words=_words(file, case, key), item=key) for key in THEIRS]


def _ours(file: File, case: Case, days: int) -> list[ActionDetails]:
    """By whoever works the case, over the next weeks."""
    today = clock.now().astimezone(LONDON).date()
    return [
        ActionDetails(
            who="landlord",
            words=_words(file, case, key, interval_words(days)),
            item=key,
            owner_id=file.by.membership_id,
            by=today + datetime.timedelta(days=file.rng.randrange(2, 21)),
        )
        for key in OURS
    ]


def _words(file: File, case: Case, key: str, interval: str = "") -> str:
    item = plans_of(case).item(key)
    assert item is not None
    return item.filled({"landlord": file.office.landlord.name, "interval": interval}, BLANKS)
