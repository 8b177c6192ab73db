"""What somebody is told once their report is kept: the real promise, or honestly none."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.models import Deadline, Person, Report
from cases.schema import DeadlineRule, DeadlinesSection
from policies.receipts import Row
from policies.rules import DatelessRule, parse_rule
from policies.schema import Policy
from policies.selectors import policy_of
from policies.wording import by_end_of, clock, long_date
from policies.working_time import LONDON, Due
from triage.decisions import Decision
from triage.facts import Facts
from triage.preview import FROM_RECEIPT, preview_deadlines
from triage.progress.codes import code_of

SATURDAY = 5


@dataclass(frozen=True)
class Step:
    """One thing that happens next."""

    when: str
    text: str


@dataclass(frozen=True)
class Promise:
    """First contact as it was really promised; ``when`` says it in one sentence with its date."""

    when: str
    by: str
    who: str
    how: str
    why_then: str


@dataclass(frozen=True)
class Confirmation:
    """``promise`` is None where nothing is promised: waiting for a person, without a time, or ``anonymous``.

    ``anonymous``: there is nobody to contact, neither the reporter nor the person it happens to.
    """

    reference: str
    code: str
    anonymous: bool
    waiting: bool
    in_danger: bool
    promise: Promise | None
    steps: list[Step]
    case_review: bool


def confirmation(report: Report) -> Confirmation:
    """Worked out from the report alone, so that it never tells of another case the report may have joined."""
    policy, decision = policy_of(report.policy), Decision.from_json(report.decision)
    facts = Facts.model_validate(report.facts)
    promise = _promise(report, decision, policy)
    nobody = report.anonymous and report.complainant_id is None
    return Confirmation(
        reference=report.reference,
        code=code_of(report.reference),
        anonymous=nobody,
        waiting=not decision.opens_case,
        in_danger=bool(facts.immediate_danger),
        promise=promise,
        steps=[] if nobody else list(_steps(decision, facts, policy)),
        case_review=policy.core.nation == "england_and_wales",
    )


def _promise(report: Report, decision: Decision, policy: Policy) -> Promise | None:
    first = Deadline.objects.filter(
        report=report, kind="initial_contact", basis="promise", due_at__isnull=False
    )
    deadline = first.select_related("person").order_by("id").first()
    if deadline is None or deadline.person is None:
        return None
    due = Due.from_json(deadline.receipt)
    by = by_end_of(due.due_local, due.due_local.date(), always_year=True)
    team = policy.core.teams[decision.team]
    return Promise(
        when=f"{_who_contacts(report, deadline, policy, decision)} {by}",
        by=by,
        who=_("%(officer)s, from our %(team)s. They will tell you their name.")
        % {"officer": team.officer, "team": team.label},
        how=_how(report, deadline.person),
        why_then=why_then(due),
    )


def _who_contacts(report: Report, deadline: Deadline, policy: Policy, decision: Decision) -> str:
    if deadline.person_id != report.reporter_id and deadline.person:
        return _("A person will contact %(name)s") % {"name": deadline.person.name}
    rules = _rules(decision, Facts.model_validate(report.facts), policy)
    words = next((rule.public for rule in rules if rule.kind == deadline.kind and rule.public), None)
    return words or _("A person will contact you")


def _how(report: Report, person: Person) -> str:
    if person.pk != report.reporter_id:
        return _("In the way you told us is safe for them.")
    ways = {
        "call": _("By calling %(phone)s. We will not text, e-mail or write."),
        "text": _("By text to %(phone)s. We will not call, leave a voicemail or write."),
        "email": _("By e-mail to %(email)s. We will not call, text or write."),
        "letter": _("By letter to %(address)s. We will not call, text or e-mail."),
    }
    words = ways.get(person.safe_contact)
    if words is None:
        return _("By telephone, text, e-mail or letter: you told us that any way is safe.")
    return words % {"phone": person.phone, "email": person.email, "address": person.address}


def why_then(due: Due) -> str:
    """How the date follows from the rule, without a word of how we grade reports."""
    start = due.start_at.astimezone(LONDON)
    told = _("You told us at %(clock)s on %(day)s. We promise this %(rule)s.") % {
        "clock": clock(start.time()),
        "day": long_date(start.date()),
        "rule": due.rule.words(),
    }
    return " ".join([told, *_not_counted(due)])


def _not_counted(due: Due) -> Iterator[str]:
    holidays = [f"{long_date(one.date)} ({one.name})" for one in due.skipped]
    if any(_is_weekend(row) for row in due.rows):
        yield _("We did not count the weekend.")
    if holidays:
        yield _("We did not count %(days)s.") % {"days": "; ".join(holidays)}


def _is_weekend(row: Row) -> bool:
    return row.kind == "skip" and all(day.weekday() >= SATURDAY for day in row.days)


def _steps(decision: Decision, facts: Facts, policy: Policy) -> Iterator[Step]:
    """What the policy promises this person, in the order it happens."""
    if not decision.opens_case:
        return
    preview = preview_deadlines(decision, facts.model_copy(update={"anonymous": False}), policy)
    for dated in preview.clocks:
        if _is_public(dated.rule):
            by = by_end_of(dated.due.due_local, dated.due.due_local.date(), always_year=True)
            yield Step(by[:1].upper() + by[1:], f"{dated.rule.public}.")
    later = [rule for rule in _rules(decision, facts, policy) if rule.start not in FROM_RECEIPT]
    for rule in [*preview.undated, *later]:
        if _is_public(rule):
            yield Step(_when(rule), f"{rule.public}.")


def _rules(decision: Decision, facts: Facts, policy: Policy) -> list[DeadlineRule]:
    return policy.section(DeadlinesSection).for_case(
        route=decision.route,
        level=decision.level,
        team=decision.team,
        domestic_abuse=facts.domestic_abuse,
    )


def _is_public(rule: DeadlineRule) -> bool:
    return rule.public is not None and rule.basis == "promise"


def _when(rule: DeadlineRule) -> str:
    if rule.start == "last_contact":
        return _("After that")
    parsed = parse_rule(rule.due)
    if rule.start == "first_contact" and not isinstance(parsed, DatelessRule):
        return _("%(length)s of our first talk") % {"length": parsed.words().capitalize()}
    return _("When we speak")
