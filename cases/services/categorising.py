"""Changing the level of a case, who holds it, and what it is seen as.

Clocks follow; a miss is never undone (decision 13).
"""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from cases import deadlines
from cases.choices import DeadlineState, PartyRole
from cases.clocks import Governing, Times, no_later_than, rule_with, times
from cases.models import Case, Categorisation, Deadline, Person
from cases.permissions import check_can
from cases.schema import FROM_FINDINGS, DeadlineRule
from cases.services.announcing import Happening, announce
from cases.services.locking import locked
from cases.services.opening import give_access, governing_of
from cases.services.working import take_in_hand
from cases.taxonomy import hate_strand_words
from landlords.models import Membership, Team
from landlords.permissions import Permission, Refused
from policies.schema import Level, Policy
from policies.selectors import policy_of
from timeline import clock
from timeline.actors import Actor
from timeline.services import record


@transaction.atomic
def recategorise(case: Case, *, level: str, reason: str, by: Actor) -> Case:
    """Give an ASB case another level of its policy, with a reason; the level's team takes it over.

    Up: a new first contact is owed from now, never later than one still unmet. Down: running clocks are
    worked out again from their own start. Raises Refused on another route, the same level, or no reason.
    """
    case = locked(case)
    check_can(Permission.RECATEGORISE, case, by=by)
    policy = policy_of(case.policy)
    found = _level(policy, level)
    if case.route != "asb":
        raise Refused(_("Only an anti-social behaviour case has a level."))
    if level == case.level:
        raise Refused(_("The case already has this level."))
    if not reason.strip():
        raise Refused(_("Say why the level changes."))
    before, goes_up = case.level_label, policy.rank(level) < policy.rank(case.level)
    case.level_rank = policy.rank(level)
    _set_level(case, found, reason, by)
    _work_out_again(case, governing_of(case, policy), goes_up=goes_up)
    take_in_hand(case, by)
    record(
        "recategorised", by=by, case_id=case.pk, payload={"before": before, "after": found.label}, text=reason
    )
    if goes_up:
        announce(Happening.LEVEL_RAISED, case, by=by)
    return case


@transaction.atomic
def reassign(
    case: Case, *, owner: Membership | None, team: Team | None = None, reason: str, by: Actor
) -> Case:
    """Give the case to a member of staff, or to another team. Clocks that go by managing team follow."""
    case = locked(case)
    check_can(Permission.REASSIGN, case, by=by)
    if owner is not None and not owner.is_active:
        raise Refused(_("%(name)s no longer works here.") % {"name": owner.user.name})
    if owner is None and team is None:
        raise Refused(_("Choose who takes the case."))
    old_team, old_owner = case.team, case.owner
    case.owner, case.team = owner, team or case.team
    case.save(update_fields=["owner", "team"])
    if case.restricted:
        _hand_over(case, old_owner)
    if case.team != old_team:
        case.deadlines.filter(state=DeadlineState.RUNNING).update(team=case.team)
        _work_out_again(case, governing_of(case), goes_up=None)
    take_in_hand(case, by)
    to = owner.user.name if owner else case.team.label
    record("reassigned", by=by, case_id=case.pk, payload={"to": to}, text=reason)
    return case


def _hand_over(case: Case, old_owner: Membership | None) -> None:
    """Whoever had a restricted case can no longer open it; a manager can name them again."""
    if old_owner is not None and old_owner != case.owner:
        case.named_staff.filter(membership=old_owner).delete()
    if case.owner is not None:
        give_access(case, case.owner.pk)


@transaction.atomic
def record_hate(case: Case, *, strands: Collection[str], reason: str, by: Actor) -> Case:
    """Somebody sees what happens as hate, and that has come to light on an open case. It is never taken off again.

    Nobody has to prove it. The decisions the policy asks for in hate are asked from now on, and the risk is looked at
    again; the level stays until a named person changes it. Raises Refused for an unknown strand, without the words of
    whoever sees it so, and where the case says all of it already.
    """
    case = locked(case)
    check_can(Permission.ADD_INCIDENT, case, by=by)
    new = set(strands) - set(case.hate_strands)
    against = []
    if not set(strands) <= set(hate_strand_words):
        against.append(_("Choose what it is about from the list."))
    if not reason.strip():
        against.append(_("Write down who sees it as hate, and why, in their words."))
    if case.hate and not new:
        against.append(_("The case says so already."))
    if against:
        raise Refused(*against)
    case.hate, case.hate_strands = True, sorted({*case.hate_strands, *new})
    case.save(update_fields=["hate", "hate_strands"])
    take_in_hand(case, by)
    about = ", ".join(str(hate_strand_words[key]) for key in sorted(new))
    record(
        "hate_recorded", by=by, case_id=case.pk, text="\n".join(one for one in (reason.strip(), about) if one)
    )
    announce(Happening.INCIDENT, case, by=by)
    return case


def _level(policy: Policy, key: str) -> Level:
    try:
        return policy.level(key)
    except KeyError:
        raise Refused(_("Choose one of the levels of the policy this case is under.")) from None


def _set_level(case: Case, level: Level, reason: str, by: Actor) -> None:
    case.level, case.level_label = level.key, level.label
    case.level_short = level.short or level.label
    if level.team != case.team.key:
        case.team, case.owner = Team.objects.get(key=level.team), None
    case.save(update_fields=["level", "level_label", "level_short", "level_rank", "team", "owner"])
    case.deadlines.filter(state=DeadlineState.RUNNING).update(team=case.team)
    Categorisation.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        level=level.key,
        level_label=level.label,
        reason=reason,
        at=clock.now(),
        by_name=by.name,
    )


def _work_out_again(case: Case, governing: Governing, *, goes_up: bool | None) -> None:
    """``goes_up`` None: only the team changed, so a clock that becomes shorter counts as going up."""
    running = case.deadlines.filter(state=DeadlineState.RUNNING, breached_at__isnull=True)
    unmissed = running.select_for_update(of=("self",)).select_related("case", "report", "person")
    for old in unmissed.order_by("id"):
        rule = governing.rule_of(old.kind, added=old.report_id is None)
        if rule is None and old.kind in FROM_FINDINGS:
            continue
        if rule is None or (rule.due != old.rule and rule.start != "last_contact"):
            _replace(old, rule, governing.policy, goes_up)
    if goes_up:
        _owe_first_contact_anew(case, governing)


def _replace(old: Deadline, rule: DeadlineRule | None, policy: Policy, goes_up: bool | None) -> None:
    if rule is None:
        deadlines.withdraw(old)
        return
    from_start = times(rule_with(rule, None), old.start_at, policy)
    shorter = from_start.due_at is not None and (old.due_at is None or from_start.due_at < old.due_at)
    found, started_at = from_start, old.start_at
    if goes_up or (goes_up is None and shorter):
        started_at = clock.now()
        found = _not_after(times(rule_with(rule, None), started_at, policy, started=_("Level raised")), old)
    new = deadlines.start(
        rule,
        deadlines.Owed(old.landlord_id, old.team_id, old.case, old.report, old.person),
        policy=policy,
        started_at=started_at,
        found=found,
    )
    deadlines.withdraw(old, replaced_by=new)


def _not_after(found: Times, old: Deadline) -> Times:
    if old.due_at is None or not old.receipt:
        return found
    return no_later_than(found, Times.kept(old.receipt, old.amber_at, old.escalate_at))


def _owe_first_contact_anew(case: Case, governing: Governing) -> None:
    """First contact already made does not satisfy the higher level: it is owed again to each complainant."""
    now = clock.now()
    for party in case.parties.filter(role=PartyRole.COMPLAINANT).select_related("person"):
        clocks = case.deadlines.filter(person=party.person, kind="initial_contact")
        if not clocks.filter(state=DeadlineState.RUNNING, start_at=now).exists():
            _start_from(now, case, party.person, governing)


def _start_from(now: datetime.datetime, case: Case, person: Person, governing: Governing) -> None:
    """As part of their latest report, or of nobody's where they were added without one."""
    latest = case.deadlines.filter(person=person, report__isnull=False).order_by("-start_at").first()
    rule = governing.rule_of("initial_contact", added=latest is None)
    if rule is None:
        return
    report = latest.report if latest else None
    owed = deadlines.Owed(case.landlord_id, case.team_id, case, report, person)
    found = times(rule_with(rule, None), now, governing.policy, started=_("Level raised"))
    deadlines.start(rule, owed, policy=governing.policy, started_at=now, found=found)
