"""Agreeing a plan with a complainant, changing it, sending it, and settling its actions.

A plan is never changed in place: every change makes the next version, and what was agreed before can be read.
"""

import datetime
from collections.abc import Mapping, Sequence

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.models import Action, Plan
from actionplans.plan.checking import (
    ActionDetails,
    Draft,
    complainant,
    day_problems,
    explained_if_late,
    not_later_than_now,
    owed_since,
    owner_problems,
    problems,
)
from actionplans.plan.intervals import agree_interval
from actionplans.plan.schema import Plans, PlansSection
from actionplans.plan.selectors import newest_plan, unfinished
from cases import deadlines
from cases.choices import ContactMeans, DeadlineState
from cases.models import Case, Deadline, Person
from cases.permissions import check_can
from cases.services.locking import locked
from cases.services.mailing import unsafe_words
from cases.services.reaching import is_safe
from cases.services.working import take_in_hand
from landlords.models import Membership
from landlords.permissions import OurRule, Permission, Refused
from policies.selectors import policy_of
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

MOST_OUTCOME = 10_000
"""Characters of an outcome or a reason."""


class HowSent(models.TextChoices):
    POST = "post", gettext_lazy("By post")
    EMAIL = "email", gettext_lazy("By e-mail")
    HAND = "hand", gettext_lazy("Handed over")


MEANS = {
    HowSent.POST: ContactMeans.LETTER,
    HowSent.EMAIL: ContactMeans.EMAIL,
    HowSent.HAND: ContactMeans.OFFICE,
}
"""What each way of sending is to the person."""


@transaction.atomic
def agree_plan(
    case: Case,
    *,
    person_id: int,
    contact_every_days: int | None,
    actions: Sequence[ActionDetails],
    agreed_at: datetime.datetime | None = None,
    late_reason: str = "",
    sent_how: str = "",
    asked_this_way: bool = False,
    why_changed: str = "",
    dropped: Mapping[int, str] | None = None,
    by: Actor,
) -> Plan:
    """Record what was agreed with one complainant as the next version of their plan.

    Unfinished actions of the version before are carried on, but those in ``dropped`` (the action's id, and why).
    ``contact_every_days`` may be left out only where the policy has a default. ``sent_how``: it is sent now, in a way
    that is safe for them or that they themselves asked for (``asked_this_way``).
    Raises Refused with every reason against it, and changes nothing then.
    """
    case = locked(case, person_id=person_id)
    check_can(Permission.AGREE_PLAN, case, by=by)
    before = newest_plan(case, person_id)
    policy = plans_of(case)
    draft = Draft(
        case=case,
        party=complainant(case, person_id),
        policy=policy,
        days=contact_every_days if contact_every_days is not None else policy.interval.default_days,
        actions=actions,
        agreed_at=agreed_at or clock.now(),
        late_reason=late_reason,
        why_changed=why_changed,
        before=before,
        unfinished=unfinished(before) if before else [],
        dropped=dropped or {},
    )
    found = problems(draft)
    if sent_how:
        found.extend(_wrong_way(draft.party.person, sent_how, asked_this_way))
    if found:
        raise Refused(*found)
    plan = _write(draft, by)
    _meet(plan, "action_plan_agreed", at=plan.agreed_at)
    assert draft.days is not None
    agree_interval(case, draft.party, draft.days, at=plan.agreed_at, by=by)
    take_in_hand(case, by)
    _record("plan_agreed", plan, by, text=_as_text(plan, late_reason), at=plan.agreed_at)
    if sent_how:
        _send(plan, sent_how, clock.now(), by)
    return plan


def plans_of(case: Case) -> Plans:
    """What the policy this case opened under says of plans."""
    return policy_of(case.policy).section(PlansSection).plans


@transaction.atomic
def mark_plan_sent(
    plan: Plan,
    *,
    how: str,
    sent_at: datetime.datetime,
    late_reason: str = "",
    asked_this_way: bool = False,
    by: Actor,
) -> Plan:
    """Record that a version was sent to the complainant; that meets a promise to send it.

    Raises Refused for one sent already or no longer the newest, a time before it was agreed or in the future, and a
    way that is not safe for them, unless they themselves asked for it (decision 18).
    """
    case = locked(plan.case, person_id=plan.person_id)
    check_can(Permission.AGREE_PLAN, case, by=by)
    plan = Plan.objects.select_related("case", "person").get(pk=plan.pk)
    found = [
        *_wrong_way(plan.person, how, asked_this_way),
        *not_later_than_now(sent_at),
        *explained_if_late(sent_at, late_reason),
    ]
    if plan.sent_at is not None:
        found.append(_("This version has been sent already."))
    if newest_plan(case, plan.person_id) != plan:
        found.append(_("There is a later version: send that."))
    if sent_at < plan.agreed_at:
        found.append(_("It cannot have been sent before it was agreed."))
    if found:
        raise Refused(*found)
    _send(plan, how, sent_at, by, late_reason)
    return plan


@transaction.atomic
def finish_action(action: Action, *, outcome: str, done_at: datetime.datetime, by: Actor) -> Action:
    """An action of the newest version is done, and what came of it. Raises Refused, changing nothing."""
    case, action, found = _settling(action, by)
    found += not_later_than_now(done_at)
    found += _without_words(outcome, _("Say what came of it."))
    if done_at < owed_since(case, action.plan.person_id):
        found.append(_("It cannot have been done before the complainant came to this case."))
    if found:
        raise Refused(*found)
    action.done_at, action.outcome, action.settled_by = done_at, outcome.strip(), by.name
    action.save(update_fields=["done_at", "outcome", "settled_by"])
    take_in_hand(case, by)
    _record("plan_action_done", action.plan, by, text=f"{action.words}\n{action.outcome}", at=done_at)
    return action


@transaction.atomic
def drop_action(action: Action, *, reason: str, by: Actor) -> Action:
    """An action of the newest version will not be done, and why. Raises Refused, changing nothing."""
    case, action, found = _settling(action, by)
    found += _without_words(reason, _("Say why it is dropped."))
    if found:
        raise Refused(*found)
    _drop(action, reason, by)
    take_in_hand(case, by)
    _record("plan_action_dropped", action.plan, by, text=f"{action.words}\n{action.outcome}")
    return action


@transaction.atomic
def give_action(action: Action, *, owner_id: int | None, by_date: datetime.date | None, by: Actor) -> Action:
    """Somebody else does an action of ours, or by another day. Raises Refused, changing nothing."""
    case, action, found = _settling(action, by)
    details = ActionDetails(action.who, action.words, action.item, owner_id, by_date)
    if action.who != Action.Side.LANDLORD:
        found.append(_("This is for the complainant to do. Change the plan with them instead."))
        found += day_problems(details)
    else:
        found += owner_problems(case, details)
    if found or by_date is None or owner_id is None:
        raise Refused(*found)
    owner = Membership.objects.select_related("user").get(pk=owner_id)
    action.owner, action.by = owner, by_date
    action.save(update_fields=["owner", "by"])
    take_in_hand(case, by)
    words = {"to": owner.user.name, "by": by_date.isoformat()}
    _record("plan_action_given", action.plan, by, text=action.words, words=words)
    return action


def _write(draft: Draft, by: Actor) -> Plan:
    assert draft.days is not None
    plan = Plan.objects.create(
        landlord_id=draft.case.landlord_id,
        case=draft.case,
        person=draft.party.person,
        version=draft.before.version + 1 if draft.before else 1,
        contact_every_days=draft.days,
        why_changed=draft.why_changed.strip(),
        agreed_at=draft.agreed_at,
        recorded_at=clock.now(),
        recorded_by=by.name,
    )
    for action in draft.unfinished:
        if action.pk in draft.dropped:
            _drop(action, draft.dropped[action.pk], by)
    carried = [ActionDetails(one.who, one.words, one.item, one.owner_id, one.by) for one in draft.carried]
    Action.objects.bulk_create(_action(plan, one) for one in [*carried, *draft.actions])
    return plan


def _action(plan: Plan, details: ActionDetails) -> Action:
    return Action(
        landlord_id=plan.landlord_id,
        plan=plan,
        who=details.who,
        item=details.item,
        words=details.words.strip(),
        owner_id=details.owner_id if details.who == Action.Side.LANDLORD else None,
        by=details.by,
    )


def _drop(action: Action, reason: str, by: Actor) -> None:
    action.dropped_at, action.outcome, action.settled_by = clock.now(), reason.strip(), by.name
    action.save(update_fields=["dropped_at", "outcome", "settled_by"])


def _send(plan: Plan, how: str, sent_at: datetime.datetime, by: Actor, late_reason: str = "") -> None:
    plan.sent_at, plan.sent_how = sent_at, how
    plan.save(update_fields=["sent_at", "sent_how"])
    _meet(plan, "action_plan_sent", at=sent_at)
    take_in_hand(plan.case, by)
    _record(
        "plan_sent", plan, by, text=late_reason, at=sent_at, words={"how": str(HowSent(how).label).lower()}
    )


def _meet(plan: Plan, met_by: str, *, at: datetime.datetime) -> None:
    """A plan made before a duty began does not meet it."""
    running = Deadline.objects.select_for_update().filter(
        case=plan.case_id, person=plan.person_id, met_by=met_by, state=DeadlineState.RUNNING, start_at__lte=at
    )
    for deadline in running.order_by("pk"):
        deadlines.meet(deadline, at=at)


def _settling(action: Action, by: Actor) -> tuple[Case, Action, list[str]]:
    """The case locked, the action as it is now, and what speaks against touching it."""
    case = locked(action.plan.case, person_id=action.plan.person_id)
    check_can(Permission.AGREE_PLAN, case, by=by)
    action = Action.objects.select_for_update(of=("self",)).select_related("plan").get(pk=action.pk)
    found = []
    if action.done_at is not None or action.dropped_at is not None:
        found.append(_("This action is done or dropped already."))
    if newest_plan(case, action.plan.person_id) != action.plan:
        found.append(_("The plan has changed since. Open it again."))
    return case, action, found


def is_safe_way(person: Person, how: str) -> bool:
    return is_safe(person, MEANS[HowSent(how)])


def _wrong_way(person: Person, how: str, asked_this_way: bool) -> list[str]:
    if how not in HowSent.values:
        return [_("Choose how the plan was sent.")]
    return [] if asked_this_way or is_safe_way(person, how) else [OurRule(unsafe_words(person))]


def _without_words(text: str, missing: str) -> list[str]:
    if not text.strip():
        return [missing]
    if len(text) > MOST_OUTCOME:
        return [_("The text must be %(most)d characters or fewer.") % {"most": MOST_OUTCOME}]
    return []


def _as_text(plan: Plan, late_reason: str) -> str:
    """For the timeline: why it changed, and every action of this version."""
    actions = plan.actions.order_by("-who", "pk")
    return "\n".join(filter(None, [plan.why_changed, late_reason, *(f"– {one.words}" for one in actions)]))


def _record(
    verb: str,
    plan: Plan,
    by: Actor,
    *,
    text: str = "",
    at: datetime.datetime | None = None,
    words: Mapping[str, object] | None = None,
) -> None:
    record(
        verb,
        by=by,
        case_id=plan.case_id,
        subject=("plan", plan.pk),
        payload={"version": plan.version, "person_id": plan.person_id, **(words or {})},
        text=text,
        occurred_at=at,
    )
