"""Every address, as everybody: nobody, somebody without a landlord, each role, and another landlord's staff.

A new address without a line in ACCESS fails. Another landlord's object is 404; a missing role is 403.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from actionplans.models import Plan
from cases.models import Case, Deadline, Evidence, Incident, Report, StaffRisk
from landlords.permissions import MAY, Permission, Role
from letters.models import Letter, PrintBatch
from tests.factories.world import MONDAY, Side, World
from timeline.models import Event
from timeline.scope import landlord_scope
from triage.models import Proposal

PUBLIC = "anybody"
SIGNED_IN = "anybody signed in"
MEMBER = "any member of staff"
TOKEN = "a partner system's token"

P = Permission
ACCESS: dict[str, str | Permission] = {
    "home": PUBLIC,
    "report-landlords": PUBLIC,
    "public-report": PUBLIC,
    "public-step": PUBLIC,
    "public-check": PUBLIC,
    "public-sent": PUBLIC,
    "public-exit": PUBLIC,
    "public-promises": PUBLIC,
    "progress": PUBLIC,
    "brand-css": PUBLIC,
    "sign-in": PUBLIC,
    "sign-out": SIGNED_IN,
    "choose-landlord": SIGNED_IN,
    "act-for": SIGNED_IN,
    "start": MEMBER,
    "resume": MEMBER,
    "change-password": MEMBER,
    "notices": MEMBER,
    "mark-notices-read": MEMBER,
    "policy": MEMBER,
    "local-mail": MEMBER,
    "overview": P.SEE_OVERVIEW,
    "staff": P.MANAGE_STAFF,
    "change-staff": P.MANAGE_STAFF,
    "my-work": P.RECORD_CONTACT,
    "cases": P.SEE_CASES,
    "case": P.SEE_CASES,
    "case-looks": P.SEE_ACCESS,
    "case-staff": P.NAME_STAFF,
    "record-contact": P.RECORD_CONTACT,
    "add-note": P.ADD_NOTE,
    "add-incident": P.ADD_INCIDENT,
    "recategorise": P.RECATEGORISE,
    "record-hate": P.ADD_INCIDENT,
    "reassign": P.REASSIGN,
    "record-decision": P.RECORD_DECISION,
    "explain-miss": P.EXPLAIN_MISS,
    "confirm-met": P.CONFIRM_MET,
    "record-duty": P.RECORD_DUTY,
    "people": P.SEE_CASES,
    "change-person": P.CHANGE_PEOPLE,
    "mark-staff-risk": P.CHANGE_PEOPLE,
    "look-at-risk-again": P.CHANGE_PEOPLE,
    "safeguarding-concerns": P.READ_SAFEGUARDING,
    "add-party": P.CHANGE_PEOPLE,
    "keep-told": P.CHANGE_PEOPLE,
    "ask-of-person": P.RECORD_CONTACT,
    "answer-request": P.RECORD_CONTACT,
    "partners": P.SEE_CASES,
    "refer-person": P.SHARE,
    "referral-outcome": P.SHARE,
    "share-information": P.SHARE,
    "links": P.SEE_CASES,
    "link-case": P.REARRANGE_CASES,
    "unlink-case": P.REARRANGE_CASES,
    "merge-case": P.REARRANGE_CASES,
    "split-case": P.REARRANGE_CASES,
    "undo-rearrangement": P.REARRANGE_CASES,
    "case-review": P.SEE_CASES,
    "explain-case-review": P.RECORD_CONTACT,
    "apply-case-review": P.RECORD_CASE_REVIEW,
    "decide-case-review": P.RECORD_CASE_REVIEW,
    "record-case-review-outcome": P.RECORD_CASE_REVIEW,
    "case-review-counts": P.SEE_OVERVIEW,
    "close-case": P.CLOSE_CASE,
    "reopen-case": P.CLOSE_CASE,
    "mark-mailing-sent": P.RECORD_CONTACT,
    "join-case": P.JOIN_CASES,
    "risk": P.SEE_CASES,
    "assess-risk": P.ASSESS_RISK,
    "act-on-risk": P.ASSESS_RISK,
    "risk-consent": P.ASSESS_RISK,
    "approvals": P.SEE_CASES,
    "approve": P.APPROVE,
    "give-notice": P.RECORD_CONTACT,
    "set-aside": P.DEVIATE,
    "plan": P.SEE_CASES,
    "agree-plan": P.AGREE_PLAN,
    "send-plan": P.AGREE_PLAN,
    "finish-action": P.AGREE_PLAN,
    "drop-action": P.AGREE_PLAN,
    "give-action": P.AGREE_PLAN,
    "tools": P.SEE_CASES,
    "use-tool": P.USE_TOOL,
    "letters": P.SEE_CASES,
    "letter": P.WRITE_LETTERS,
    "new-letter": P.WRITE_LETTERS,
    "owed-letters": P.WRITE_LETTERS,
    "letter-pdf": P.SEE_CASES,
    "release-letter": P.APPROVE,
    "outgoing": P.WRITE_LETTERS,
    "outgoing-letter": P.WRITE_LETTERS,
    "print-letters": P.WRITE_LETTERS,
    "print-batch": P.WRITE_LETTERS,
    "print-batch-progress": P.WRITE_LETTERS,
    "print-batch-file": P.WRITE_LETTERS,
    "print-batch-list": P.WRITE_LETTERS,
    "print-batch-table": P.WRITE_LETTERS,
    "letterhead": P.CHANGE_WORDING,
    "remove-logo": P.CHANGE_WORDING,
    "logo": MEMBER,
    "wordings": P.CHANGE_WORDING,
    "wording": P.CHANGE_WORDING,
    "wording-draft": P.CHANGE_WORDING,
    "wording-preview": P.CHANGE_WORDING,
    "publish-wording": P.CHANGE_WORDING,
    "give-wording-up": P.CHANGE_WORDING,
    "shipped-wording": P.CHANGE_WORDING,
    "wording-version": P.CHANGE_WORDING,
    "end-tool": P.USE_TOOL,
    "evidence": P.SEE_CASES,
    "add-evidence": P.ADD_EVIDENCE,
    "add-diary": P.ADD_INCIDENT,
    "evidence-piece": P.SEE_CASES,
    "review-evidence": P.REVIEW_EVIDENCE,
    "evidence-court": P.ADD_EVIDENCE,
    "evidence-file": P.SEE_CASES,
    "evidence-original": P.SEE_CASES,
    "evidence-inbox": P.SEE_CASES,
    "add-unmatched-evidence": P.ADD_EVIDENCE,
    "unmatched-evidence": P.SEE_CASES,
    "review-unmatched-evidence": P.REVIEW_EVIDENCE,
    "match-evidence": P.ADD_EVIDENCE,
    "unmatched-file": P.SEE_CASES,
    "unmatched-original": P.SEE_CASES,
    "log-report": P.LOG_REPORT,
    "log-report-outcome": P.LOG_REPORT,
    "waiting-reports": P.DECIDE_ROUTE,
    "waiting-report": P.DECIDE_ROUTE,
    "report-letter": P.WRITE_LETTERS,
    "report-letter-pdf": P.WRITE_LETTERS,
    "report-new-letter": P.WRITE_LETTERS,
    "report-release-letter": P.APPROVE,
    "api-reports": TOKEN,
    "api-report": TOKEN,
    "api-case": TOKEN,
    "api-nothing": PUBLIC,
    "api-schema": PUBLIC,
}
STAFF = {name: access for name, access in ACCESS.items() if isinstance(access, Permission)}
OF_A_CASE = [
    "case",
    "people",
    "change-person",
    "mark-staff-risk",
    "look-at-risk-again",
    "add-party",
    "keep-told",
    "ask-of-person",
    "answer-request",
    "partners",
    "refer-person",
    "referral-outcome",
    "share-information",
    "risk",
    "assess-risk",
    "act-on-risk",
    "risk-consent",
    "approvals",
    "approve",
    "give-notice",
    "set-aside",
    "plan",
    "agree-plan",
    "send-plan",
    "letters",
    "letter",
    "new-letter",
    "owed-letters",
    "letter-pdf",
    "release-letter",
    "finish-action",
    "drop-action",
    "give-action",
    "tools",
    "use-tool",
    "end-tool",
    "case-looks",
    "case-staff",
    "record-contact",
    "add-note",
    "add-incident",
    "recategorise",
    "record-hate",
    "reassign",
    "record-decision",
    "explain-miss",
    "confirm-met",
    "record-duty",
    "links",
    "link-case",
    "unlink-case",
    "merge-case",
    "split-case",
    "undo-rearrangement",
    "case-review",
    "explain-case-review",
    "apply-case-review",
    "decide-case-review",
    "record-case-review-outcome",
    "close-case",
    "reopen-case",
    "mark-mailing-sent",
    "join-case",
    "evidence",
    "add-evidence",
    "add-diary",
    "evidence-piece",
    "review-evidence",
    "evidence-court",
    "evidence-file",
    "evidence-original",
]
"""Pages about one case: another landlord's, or a restricted one, is 404 whoever asks."""


@dataclass(frozen=True)
class Route:
    name: str
    arguments: frozenset[str]


def routes() -> list[Route]:
    return sorted(_walk(get_resolver().url_patterns), key=lambda route: route.name)


def _walk(patterns: list[URLPattern | URLResolver], before: frozenset[str] = frozenset()) -> Iterator[Route]:
    for pattern in patterns:
        arguments = before | set(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, arguments)
        else:
            yield Route(pattern.name or str(pattern.pattern), arguments)


def address(route: Route, side: Side, *, restricted: bool = False) -> str:
    case = side.restricted_case if restricted else side.case
    values = {
        "landlord": side.landlord.key,
        "reference": side.proposal.report.reference if route.name in WAITING else case.reference,
        "colour": "6b2c91",
    }
    if route.name == "api-report":
        values["reference"] = side.submitted.report.reference
    values["number"] = "1"
    values["question"] = "lead_agency" if side.landlord.key == "vivid" else "effect"
    values |= {"of": "noise_equipment", "what": "legal_decision", "tool": "injunction"}
    values |= {"letter": "acknowledgement", "reader": "complainant", "form": "standard"}
    values |= {"sha256": "0" * 64}
    values |= {"other": side.restricted_case.reference, "kind": "related"}
    if "person" in route.arguments:
        values["person"] = str(side.complainant.key)
    if not route.arguments.isdisjoint({"plan", "action"}):
        values |= _plan(side, case)
    if "batch" in route.arguments:
        values["batch"] = _batch(side)
    if "risk" in route.arguments:
        values["risk"] = _risk(side, case)
    if "key" in route.arguments:
        values["key"] = _key(route, side, case)
    return reverse(route.name, kwargs={name: values[name] for name in route.arguments})


def _key(route: Route, side: Side, case: Case) -> str:
    if "evidence" in route.name or route.name.startswith("unmatched-"):
        return _evidence(side, case if "reference" in route.arguments else None)
    if route.name in WAITING:
        return _answer(side)
    if "letter" in route.name:
        return _letter(side, case)
    if route.name == "public-step":
        return "when"
    if route.name == "change-staff":
        return str(side.members[Role.ADMINISTRATOR].key)
    return str(_deadline(side, case).key)


def _evidence(side: Side, case: Case | None) -> str:
    """A piece without a file, kept without a word in the record; None: on no case."""
    with landlord_scope(side.landlord.pk):
        piece, _new = Evidence.objects.get_or_create(
            landlord_id=side.landlord.pk,
            case=case,
            defaults={
                "kind": "recording",
                "title": side.canary,
                "received_at": MONDAY,
                "recorded_by": "Tests",
            },
        )
        return str(piece.key)


def _letter(side: Side, case: Case) -> str:
    """A draft to the complainant, kept without a word in the record."""
    with landlord_scope(side.landlord.pk):
        draft, _new = Letter.objects.get_or_create(
            landlord_id=side.landlord.pk,
            case=case,
            person=case.parties.get(role="complainant").person,
            kind="acknowledgement",
            audience="complainant",
            defaults={
                "begun_at": MONDAY,
                "changed_at": MONDAY,
                "begun_by_user_id": side.members[Role.OFFICER].user_id,
            },
        )
        return str(draft.key)


def _answer(side: Side) -> str:
    """A draft about a report that was sent away, kept without a word in the record."""
    with landlord_scope(side.landlord.pk):
        Proposal.objects.filter(pk=side.proposal.pk).update(
            decided_at=MONDAY, decided_by="Tests", decided_route="out_of_scope", reason="x"
        )
        report = side.proposal.report
        draft, _new = Letter.objects.get_or_create(
            landlord_id=side.landlord.pk,
            report=report,
            person=report.reporter,
            kind="not_asb",
            audience="complainant",
            defaults={
                "begun_at": MONDAY,
                "changed_at": MONDAY,
                "begun_by_user_id": side.members[Role.OFFICER].user_id,
            },
        )
        return str(draft.key)


def _risk(side: Side, case: Case) -> str:
    """A mark on the respondent, kept without a word in the record."""
    with landlord_scope(side.landlord.pk):
        mark, _new = StaffRisk.objects.get_or_create(
            landlord_id=side.landlord.pk,
            case=case,
            person=case.parties.get(role="respondent").person,
            defaults={"known": "x", "since": MONDAY, "recorded_by": "Tests", "review_on": MONDAY.date()},
        )
        return str(mark.key)


def _batch(side: Side) -> str:
    """A print batch without a file or a letter."""
    with landlord_scope(side.landlord.pk):
        batch, _new = PrintBatch.objects.get_or_create(
            landlord_id=side.landlord.pk, defaults={"asked_at": MONDAY, "asked_by": "Tests"}
        )
        return str(batch.key)


def _plan(side: Side, case: Case) -> dict[str, str]:
    """A plan with one action, kept without a word in the record, so that nothing seems to have happened."""
    with landlord_scope(side.landlord.pk):
        plan, _new = Plan.objects.get_or_create(
            landlord_id=side.landlord.pk,
            case=case,
            person=case.parties.get(role="complainant").person,
            version=1,
            defaults={"contact_every_days": 7, "agreed_at": MONDAY, "recorded_at": MONDAY},
        )
        action, _new = plan.actions.get_or_create(
            landlord_id=side.landlord.pk,
            who="landlord",
            defaults={"words": "talk", "owner": side.members[Role.OFFICER], "by": MONDAY.date()},
        )
    return {"plan": str(plan.key), "action": str(action.key)}


def _deadline(side: Side, case: Case) -> Deadline:
    with landlord_scope(side.landlord.pk):
        return Deadline.objects.filter(case=case, kind="initial_contact")[0]


def _everything(side: Side) -> tuple[int, ...]:
    with landlord_scope(side.landlord.pk):
        return tuple(model.objects.count() for model in (Case, Report, Incident, Event))


ROUTES = {route.name: route for route in routes()}


def test_every_address_says_who_may_open_it() -> None:
    assert sorted(ROUTES) == sorted(ACCESS)


WAITING = {
    "waiting-report",
    "report-letter",
    "report-letter-pdf",
    "report-new-letter",
    "report-release-letter",
}
"""Pages of a report that waits, or was sent away."""
NOT_YET = {
    "unlink-case",
    "undo-rearrangement",
    "decide-case-review",
    "record-case-review-outcome",
    "reopen-case",
    "mark-mailing-sent",
    "confirm-met",
    "explain-miss",
    "case-looks",
    "case-staff",
    "change-staff",
    "approve",
    "give-notice",
    "end-tool",
    "act-on-risk",
    "answer-request",
    "referral-outcome",
    "letter-pdf",
    "report-letter-pdf",
    "outgoing-letter",
    "print-batch-file",
    "print-batch-list",
    "print-batch-table",
    "wording-version",
    "logo",
    "evidence-file",
    "evidence-original",
    "unmatched-file",
    "unmatched-original",
}
"""Refused with a reason on a case that is open, not restricted and has missed nothing, and on oneself.

Of these two landlords neither names an approval or a notice, and no tool is in use.
"""


def test_nobody_is_sent_to_sign_in(world: World, client: Client) -> None:
    closed = {name for name, access in ACCESS.items() if access not in (PUBLIC, TOKEN)}
    sent = set()
    for name in closed:
        answers = [method(address(ROUTES[name], world.here)) for method in (client.get, client.post)]
        if all(one.status_code == 302 and one.headers["Location"].startswith("/sign-in/") for one in answers):
            sent.add(name)
    assert sent == closed


def test_somebody_without_a_landlord_is_sent_to_choose_one(world: World, client: Client) -> None:
    client.force_login(world.outsider)
    before = _everything(world.here)
    answers = {}
    for name in STAFF:
        for method in (client.get, client.post):
            response = method(address(ROUTES[name], world.here))
            if response.status_code != 405:
                answers[name] = response.headers.get("Location")
    assert answers == dict.fromkeys(STAFF, "/choose-landlord/")
    assert _everything(world.here) == before


@pytest.mark.parametrize("role", Role.values)
def test_a_role_opens_what_it_may_and_is_told_why_not(world: World, client: Client, role: str) -> None:
    world.here.sign_in(client, role)
    before = _everything(world.here)
    opened, refused = set[str](), set[str]()
    for name in STAFF:
        codes = {
            method(address(ROUTES[name], world.here)).status_code for method in (client.get, client.post)
        }
        assert codes <= {200, 302, 400, 403, 405} or name in NOT_YET, (name, codes)
        (refused if codes <= {403, 404, 405} else opened).add(name)
    may = {name for name, permission in STAFF.items() if permission in MAY[role]}
    assert opened | (may & NOT_YET) == may
    assert refused - NOT_YET == set(STAFF) - may - NOT_YET
    assert _everything(world.here) == before


@pytest.mark.parametrize("role", Role.values)
def test_another_landlords_case_does_not_exist(world: World, client: Client, role: str) -> None:
    world.here.sign_in(client, role)
    before = _everything(world.there)
    assert _answers(client, world.there, role) == {}
    assert _everything(world.there) == before


@pytest.mark.parametrize("role", [Role.ADVISER, Role.OFFICER, Role.SPECIALIST, Role.AUDITOR])
def test_a_restricted_case_does_not_exist_for_others(world: World, client: Client, role: str) -> None:
    world.here.sign_in(client, role)
    before = _everything(world.here)
    assert _answers(client, world.here, role, restricted=True) == {}
    assert _everything(world.here) == before


def _answers(client: Client, side: Side, role: str, *, restricted: bool = False) -> dict[str, int]:
    """Pages about a case that answer with anything but "there is no such thing"."""
    found = {}
    for name in OF_A_CASE:
        if STAFF[name] not in MAY[role]:
            continue
        for method in (client.get, client.post):
            response = method(address(ROUTES[name], side, restricted=restricted))
            if response.status_code not in (404, 405) or side.case.title.encode() in response.content:
                found[name] = response.status_code
    return found


def test_no_page_of_one_landlord_holds_a_word_of_another(world: World, client: Client) -> None:
    """The leak was possible: the same words stand on the other landlord's own pages."""
    for side, other in ((world.here, world.there), (world.there, world.here)):
        for role in Role.values:
            side.sign_in(client, role)
            for name in (
                "my-work",
                "cases",
                "waiting-reports",
                "overview",
                "notices",
                "policy",
                "log-report",
            ):
                assert other.canary.encode() not in client.get(reverse(name)).content
            found = client.get(reverse("cases"), {"q": other.canary}).content
            assert other.case.reference.encode() not in found
        side.sign_in(client, Role.MANAGER)
        assert side.canary.encode() in client.get(reverse("cases")).content
