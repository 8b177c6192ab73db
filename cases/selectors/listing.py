"""The list of cases: filters, search, and pages that stay put while cases are opened meanwhile."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from cases.choices import Basis, DeadlineState, PartyRole, SafeContact
from cases.confided import known_in_list
from cases.lifecycle import OPEN_STATES
from cases.models import Case, Deadline, Incident, Party, Report
from cases.permissions import visible_to
from cases.references import is_reference, normalise
from cases.search import found_ids
from cases.selectors.risk import risk_column, risk_of
from cases.selectors.staff_risk import marked
from cases.selectors.work import SEES_RESTRICTED_REPORTS
from policies.working_time import localise
from timeline.actors import Actor
from timeline.scope import computed_once

PAGE = 30
COUNTED_UP_TO = 1000
MIDNIGHT = datetime.time(0, 0)
OPEN, NOBODY = "open", "nobody"
"""Choices of the filters that stand for more than one value, or for none."""


@dataclass(frozen=True)
class Wanted:
    """The filters of the list; empty means any. ``officer`` is a membership's key, or NOBODY.

    ``older_than`` and ``newer_than`` are references: the page continues from that case.
    """

    words: str = ""
    state: str = ""
    level: str = ""
    team: str = ""
    officer: str = ""
    behaviour: str = ""
    flag: str = ""
    risk: str = ""
    opened_from: datetime.date | None = None
    opened_to: datetime.date | None = None
    older_than: str = ""
    newer_than: str = ""


@dataclass(frozen=True)
class Listed:
    """A case with what its line shows: who complains, the next promise, how many are missed, whether to take care.

    ``risk`` is the highest confirmed band of its complainants.
    """

    case: Case
    complainants: list[str]
    safe_contact: list[str]
    next_due: datetime.datetime | None
    missed: int
    take_care: bool
    risk: str


@dataclass(frozen=True)
class CasePage:
    """``total`` stops counting just above a thousand. The cursors are references; empty: there is no more."""

    rows: list[Listed]
    total: int
    newer: str
    older: str


def list_cases(wanted: Wanted, *, by: Actor) -> CasePage:
    """One page of the cases this person may see, newest first, in a constant number of queries.

    Others are neither listed nor counted.
    """
    matching = _matching(wanted, by)
    total = matching.values("pk")[: COUNTED_UP_TO + 1].count()
    cases, newer, older = _page(matching, wanted, by)
    return CasePage(_with_details(cases), total, newer, older)


@dataclass(frozen=True)
class Exact:
    """What a typed reference names: a case, or a report that waits to be decided."""

    case: Case | None = None
    waiting: Report | None = None


def named_by(words: str, *, by: Actor) -> Exact | None:
    """The case or report whose reference this is, if this person may see it."""
    reference = normalise(words)
    if not is_reference(reference):
        return None
    case = visible_to(by, Case.objects.filter(pk__in=_named(reference))).first()
    if case is not None:
        return Exact(case=case)
    waiting = Report.objects.filter(reference=reference, incident__isnull=True)
    if by.role not in SEES_RESTRICTED_REPORTS:
        waiting = waiting.exclude(behaviours__contains=["domestic_abuse"])
    report = waiting.first()
    return Exact(waiting=report) if report else None


def _named(reference: str) -> QuerySet[Any, Any]:
    """By its own reference or a report's, each found by its index before they come together: many a name of twelve
    letters reads like a reference.
    """
    told = Incident.objects.filter(report__reference=reference).values("case_id")
    return Case.objects.filter(reference=reference).values("pk").union(told, all=True)


def _matching(wanted: Wanted, by: Actor) -> QuerySet[Case]:
    cases = visible_to(by, Case.objects.all()).filter(_chosen(wanted))
    if wanted.words:
        cases = cases.filter(pk__in=found_ids(wanted.words))
    if wanted.risk:
        cases = cases.annotate(risk=risk_column("pk")).filter(risk=wanted.risk)
    return cases


def _chosen(wanted: Wanted) -> Q:
    chosen = _state(wanted.state) & _officer(wanted.officer) & _flag(wanted.flag)
    for field, value in (("level", wanted.level), ("team__key", wanted.team)):
        chosen &= Q(**{field: value}) if value else Q()
    if wanted.behaviour:
        chosen &= Q(behaviours__contains=[wanted.behaviour])
    if wanted.opened_from:
        chosen &= Q(opened_at__gte=localise(wanted.opened_from, MIDNIGHT))
    if wanted.opened_to:
        chosen &= Q(opened_at__lt=localise(wanted.opened_to + datetime.timedelta(days=1), MIDNIGHT))
    return chosen


def _state(state: str) -> Q:
    if state == OPEN:
        return Q(status__in=OPEN_STATES)
    return Q(status=state) if state else Q()


def _officer(officer: str) -> Q:
    if officer == NOBODY:
        return Q(owner__isnull=True)
    return Q(owner__key=officer) if officer else Q()


def _flag(flag: str) -> Q:
    careful = Party.objects.filter(case=OuterRef("pk")).exclude(person__safe_contact=SafeContact.ANY)
    flags = {
        "": Q(),
        "hate": Q(hate=True),
        "restricted": Q(restricted=True),
        "contact_safely": Q(Exists(careful)),
        "take_care": Q(marked()),
    }
    return flags[flag]


@computed_once
def _beside() -> QuerySet[Case]:
    return Case.objects.annotate(marked=marked(), risk=risk_column("pk"))


def _page(matching: QuerySet[Case], wanted: Wanted, by: Actor) -> tuple[list[Case], str, str]:
    """One case more than a page is read, to know whether there is another."""
    forwards = not wanted.newer_than
    edge = _edge(wanted.older_than or wanted.newer_than, by)
    if edge is not None:
        matching = matching.filter(_beyond(edge, forwards=forwards))
    ordered = matching.order_by(*(("-opened_at", "-id") if forwards else ("opened_at", "id")))
    light = ordered.select_related("team", "owner__user").defer("search", "reasons", "prompts")
    shown: QuerySet[Case] = light.annotate(**_beside())
    read = list(shown[: PAGE + 1])
    more, cases = len(read) > PAGE, read[:PAGE] if forwards else read[:PAGE][::-1]
    if not cases:
        return [], "", ""
    has_newer, has_older = (edge is not None, more) if forwards else (more, True)
    return cases, cases[0].reference if has_newer else "", cases[-1].reference if has_older else ""


def _edge(reference: str, by: Actor) -> Case | None:
    """The case a page continues from; a cursor that names none begins at the newest."""
    if not is_reference(reference):
        return None
    return visible_to(by, Case.objects.filter(reference=reference)).first()


def _beyond(edge: Case, *, forwards: bool) -> Q:
    way = "lt" if forwards else "gt"
    return Q(**{f"opened_at__{way}": edge.opened_at}) | Q(opened_at=edge.opened_at, **{f"pk__{way}": edge.pk})


def _with_details(cases: list[Case]) -> list[Listed]:
    ids = [case.pk for case in cases]
    people: dict[int, list[Party]] = defaultdict(list)
    parties = Party.objects.filter(case_id__in=ids).select_related("person").order_by("since", "id")
    for party in known_in_list(_placed(parties, cases)):
        people[party.case_id].append(party)
    promises = Deadline.objects.filter(case_id__in=ids, basis=Basis.PROMISE).values("case_id")
    running = Q(state=DeadlineState.RUNNING, breached_at__isnull=True)
    missed = Count("pk", filter=Q(needs_explanation=True))
    due = promises.annotate(next=Min("due_at", filter=running), missed=missed)
    found = {row["case_id"]: row for row in due}
    return [_listed(case, people[case.pk], found.get(case.pk, {})) for case in cases]


def _placed(parties: Iterable[Party], cases: list[Case]) -> Iterator[Party]:
    """Each on its case as it is listed, without reading that again."""
    by_id = {case.pk: case for case in cases}
    for party in parties:
        party.case = by_id[party.case_id]
        yield party


def _listed(case: Case, parties: list[Party], due: Mapping[str, Any]) -> Listed:
    return Listed(
        case,
        [party.person.name for party in parties if party.role == PartyRole.COMPLAINANT],
        [str(party.person.get_safe_contact_display()) for party in parties if is_careful(party)],
        due.get("next"),
        due.get("missed", 0),
        case.marked,  # type: ignore[attr-defined]
        risk_of(case),
    )


def is_careful(party: Party) -> bool:
    """Whether this person said that only one way to reach them is safe."""
    return party.person.safe_contact != SafeContact.ANY
