"""Everything one case page shows, read in a constant number of queries."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, JSONObject
from django.utils.functional import cached_property

from cases.choices import DeadlineState, PartyRole
from cases.clocks import Governing
from cases.confided import known_on, people_on
from cases.models import (
    Breach,
    Case,
    CaseAccess,
    Categorisation,
    Deadline,
    Decision,
    Note,
    Party,
    Person,
    Report,
)
from cases.models.record import GUARDED_KINDS
from cases.permissions import visible_to
from cases.references import is_reference
from cases.selectors.evidence import counted
from cases.selectors.joined import written
from cases.selectors.staff_risk import TakeCare, marks_of_people, marks_of_the_same_name, take_care
from cases.selectors.work import with_attempts
from cases.services.opening import governing_of
from cases.verbs import GUARDED
from landlords.models import Membership
from landlords.permissions import Permission, can
from policies.schema import Policy
from policies.selectors import policy_of
from timeline.actors import Actor
from timeline.models import Access, Event
from timeline.prepared import prepared
from timeline.verbs import verbs

ENTRIES = 12
"""Of the timeline on one page: what has happened lately; everything else is a page further."""
LOOKS = 50
OF_A_DECISION = {
    field: field
    for field in ("id", "landlord_id", "case_id", "person_id", "key", "answer", "decided_at", "decided_by")
}
SETTLED = Q(state__in=[DeadlineState.MET, DeadlineState.WITHDRAWN], needs_explanation=False)


def visible_case(reference: str, *, by: Actor) -> Case:
    """Raises Case.DoesNotExist for a case that is not there, or not for this reader."""
    if not is_reference(reference):
        raise Case.DoesNotExist
    found = _case(reference)
    if not found:
        raise Case.DoesNotExist
    [case] = found
    if case.restricted and not visible_to(by, Case.objects.filter(pk=case.pk)).exists():
        raise Case.DoesNotExist
    return case


@prepared
def _case(reference: str) -> QuerySet[Case]:
    """With what the page of a case counts, or only needs to know to be there, in the query of the case itself."""
    joined = Case.objects.filter(joined_to=OuterRef("pk")).values("pk")
    reports = Report.objects.filter(incident__case=OuterRef("pk")).order_by("received_at", "id")
    levels = Categorisation.objects.filter(case=OuterRef("pk")).order_by("at", "id")
    decided = Decision.objects.filter(case=OuterRef("pk")).order_by("id")
    settled = Deadline.objects.filter(SETTLED, case=OuterRef("pk")).order_by().values("case")
    counted_cases = counted(Case.objects.select_related("team", "owner__user", "policy")).annotate(
        joined_ids=ArraySubquery(joined),
        known_reports=ArraySubquery(
            reports.values_list(
                JSONObject(
                    reference="reference",
                    anonymous="anonymous",
                    kind=KT("respondent__kind"),
                    vulnerability="vulnerability",
                    owed_to=Coalesce("complainant_id", "reporter_id"),
                )
            )
        ),
        known_levels=ArraySubquery(
            levels.values_list(JSONObject(label="level_label", reason="reason", at="at", by_name="by_name"))
        ),
        known_decisions=ArraySubquery(decided.values_list(JSONObject(**OF_A_DECISION))),
        last_hash=Subquery(_hashes(OuterRef("pk"))[:1]),
        settled_count=Coalesce(Subquery(settled.annotate(number=Count("pk")).values("number")), 0),
        known_marks=marks_of_people(),
        alike_marks=marks_of_the_same_name(),
        has_guarded_notes=Exists(Note.objects.filter(case=OuterRef("pk"), kind__in=GUARDED_KINDS)),
    )
    return counted_cases.filter(reference=reference).defer("search", "policy__content")


@prepared
def _parties(case_id: int) -> QuerySet[Party]:
    return Party.objects.select_related("person").filter(case=case_id)


def _by_day(deadline: Deadline) -> tuple[bool, datetime.datetime, datetime.datetime, int]:
    """Those without a day last. Put in order here: for so few rows the database asks more than it saves."""
    return (deadline.due_at is None, deadline.due_at or deadline.start_at, deadline.start_at, deadline.pk)


@prepared
def _to_do(case_id: int) -> QuerySet[Deadline]:
    return with_attempts(Deadline.objects.filter(case=case_id)).exclude(SETTLED)


@prepared
def _settled(case_id: int) -> QuerySet[Deadline]:
    return with_attempts(Deadline.objects.filter(SETTLED, case=case_id))


@dataclass(frozen=True)
class OnFile:
    """A report on the file, as far as its case page tells of it. ``respondent_kind`` may be empty.

    ``vulnerability`` is what they said makes it harder; ``owed_to`` is the id of the person it happens to, if known.
    """

    reference: str
    anonymous: bool
    respondent_kind: str
    vulnerability: str
    owed_to: int | None


@dataclass(frozen=True)
class LevelThen:
    """A level the case was given, by whom and why."""

    label: str
    reason: str
    at: datetime.datetime
    by_name: str


@dataclass
class CaseFile:
    """One case as its page shows it. Each part is read when it is first asked for, once.

    ``case`` is one that ``visible_case`` found.
    """

    case: Case

    @cached_property
    def policy(self) -> Policy:
        return policy_of(self.case.policy)

    @cached_property
    def governing(self) -> Governing:
        return governing_of(self.case, self.policy)

    @cached_property
    def parties(self) -> list[Party]:
        found = known_on(self.case, _parties(self.case.pk))
        return sorted(found, key=lambda party: (party.since, party.pk))

    def people(self, role: PartyRole) -> list[Party]:
        return [party for party in self.parties if party.role == role]

    @cached_property
    def take_care(self) -> list[TakeCare]:
        """Of whom on this case staff have to take care, and how."""
        case: Any = self.case
        return take_care(case.known_marks, case.alike_marks, lambda: self.parties)

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """What is to do or to explain, and what cannot be done. Of a long case few among all it ever had."""
        return self._with_people(_to_do(self.case.pk))

    @cached_property
    def settled(self) -> list[Deadline]:
        """Done or replaced, with nothing left to explain."""
        return self._with_people(_settled(self.case.pk))

    @property
    def settled_count(self) -> int:
        return int(self.case.settled_count)  # type: ignore[attr-defined]

    def guarded_notes(self) -> QuerySet[Note]:
        """What is noted of anybody's safety, newest first; no query where there is nothing."""
        if not self.case.has_guarded_notes:  # type: ignore[attr-defined]
            return Note.objects.none()
        return self.case.notes.filter(kind__in=GUARDED_KINDS).order_by("-written_at", "-id")

    def _with_people(self, deadlines: list[Deadline]) -> list[Deadline]:
        found = sorted(deadlines, key=_by_day)
        people = self._people({one.person_id for one in found if one.person_id})
        for one in found:
            one.person = people[one.person_id] if one.person_id else None
        return found

    def _people(self, wanted: set[int]) -> dict[int, Person]:
        """Read only where they are no longer on the file."""
        known = {party.person_id: party.person for party in self.parties}
        strangers = wanted - set(known)
        found = people_on(self.case, Person.objects.filter(pk__in=strangers)) if strangers else []
        return known | {person.pk: person for person in found}

    @property
    def evidence_count(self) -> int:
        return int(self.case.evidence_count)  # type: ignore[attr-defined]

    @property
    def evidence_unseen(self) -> list[datetime.datetime]:
        """When each piece came in that nobody has looked at yet, longest waiting first."""
        return list(self.case.evidence_unseen)  # type: ignore[attr-defined]

    @cached_property
    def levels(self) -> list[LevelThen]:
        """Every level the case has had, oldest first."""
        known: list[dict[str, Any]] = self.case.known_levels  # type: ignore[attr-defined]
        return [LevelThen(**one | {"at": _moment(one["at"])}) for one in known]

    @cached_property
    def decisions(self) -> list[Decision]:
        """What was decided on this case and on those joined to it, as far as it is shown: never to be saved."""
        if self.case.joined_ids:  # type: ignore[attr-defined]
            return written(self.case, "decisions")
        known: list[dict[str, Any]] = self.case.known_decisions  # type: ignore[attr-defined]
        return [Decision(**one | {"decided_at": _moment(one["decided_at"])}) for one in known]

    @cached_property
    def named_staff(self) -> int:
        return CaseAccess.objects.filter(case=self.case).count() if self.case.restricted else 0

    @cached_property
    def joined_ids(self) -> list[int]:
        """This case and those joined to it: their history is one."""
        return [self.case.pk, *self.case.joined_ids]  # type: ignore[attr-defined]

    @cached_property
    def version(self) -> str:
        """As ``version_of``, when the case was read."""
        return _version(self.case.last_hash)  # type: ignore[attr-defined]

    @cached_property
    def reports(self) -> list[OnFile]:
        """The reports on the file, oldest first."""
        known: list[dict[str, Any]] = self.case.known_reports  # type: ignore[attr-defined]
        return [
            OnFile(
                one["reference"], one["anonymous"], one["kind"] or "", one["vulnerability"], one["owed_to"]
            )
            for one in known
        ]


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def breaches_of(deadlines: Iterable[Deadline]) -> dict[int, Breach]:
    """The latest miss of each clock, by the clock's id."""
    missed = [deadline.pk for deadline in deadlines if deadline.breached_at]
    found = Breach.objects.filter(deadline__in=missed).order_by("due_at", "id") if missed else []
    return {breach.deadline_id: breach for breach in found}


@dataclass(frozen=True)
class History:
    """One page of the timeline, newest first."""

    events: list[Event]
    names: dict[int, str]
    has_older: bool


def history(file: CaseFile, *, by: Actor, group: str = "", page: int = 1) -> History:
    """``group`` is one of the timeline's filters, or empty for everything; ``page`` counts from 1."""
    cases, guarded = tuple(file.joined_ids), can(by, Permission.READ_SAFEGUARDING)
    first = (page - 1) * ENTRIES
    if first:
        read = list(_entries(cases, guarded=guarded, group=group)[first : first + ENTRIES + 1])
    else:
        read = _newest(cases, guarded=guarded, group=group)
    return History(read[:ENTRIES], _names(file, read), len(read) > ENTRIES)


@prepared
def _newest(case_ids: tuple[int, ...], *, guarded: bool, group: str) -> QuerySet[Event]:
    """The first page, and the entry after it."""
    return _entries(case_ids, guarded=guarded, group=group)[: ENTRIES + 1]


def _entries(case_ids: tuple[int, ...], *, guarded: bool, group: str) -> QuerySet[Event]:
    """With their words, newest first."""
    events = _readable(Event.objects.filter(case_id__in=case_ids), guarded=guarded)
    if group:
        events = events.filter(verb__in=[verb.key for verb in verbs.values() if verb.group == group])
    return events.select_related("words").order_by("-occurred_at", "-id")


def readable_by(by: Actor, events: QuerySet[Event]) -> QuerySet[Event]:
    """Without what is written about the safety of a child or an adult, where that is not this reader's work."""
    return _readable(events, guarded=can(by, Permission.READ_SAFEGUARDING))


def _readable(events: QuerySet[Event], *, guarded: bool) -> QuerySet[Event]:
    return events if guarded else events.exclude(verb__in=GUARDED)


def _names(file: CaseFile, events: list[Event]) -> dict[int, str]:
    names = {party.person_id: party.person.name for party in file.parties}
    strangers = {event.payload.get("person_id") for event in events} - {None, *names}
    if strangers:
        found = Person.objects.filter(pk__in=strangers).only("pk", "name", "landlord_id")
        names |= {person.pk: person.name for person in people_on(file.case, found)}
    return names


def version_of(case: Case) -> str:
    """Changes with everything that is recorded on the case; tells nothing else."""
    return _version(_hashes(case.pk).first())


def _hashes(case_id: int | OuterRef) -> QuerySet[Event, str]:
    """Of the entries of a case, the newest first."""
    return Event.objects.filter(case_id=case_id).order_by("-id").values_list("hash", flat=True)


def _version(last_hash: str | None) -> str:
    return (last_hash or "")[:16]


def recorded_since(case: Case, version: str, *, by: Actor) -> list[Event]:
    """What other people have put on the case since somebody's page was made; newest first, at most five."""
    events: QuerySet[Event] = Event.objects.filter(case_id=case.pk)
    seen = events.filter(hash__startswith=version).order_by("-id").first() if version.isalnum() else None
    if seen is None:
        return []
    others = (
        readable_by(by, events)
        .filter(pk__gt=seen.pk, actor_user_id__isnull=False)
        .exclude(actor_user_id=by.user_id)
    )
    return list(others.order_by("-id")[:5])


def named_on(case: Case) -> list[Membership]:
    """Staff who may open a restricted case because somebody named them, or because they worked on it."""
    found = Membership.objects.filter(pk__in=case.named_staff.values("membership"))
    return list(found.select_related("user", "team").order_by("user__name", "pk"))


def looks(case: Case) -> list[tuple[Access, int]]:
    """Who has opened a restricted case, newest first; one line for a person's visits of one day and purpose."""
    grouped: dict[tuple[object, ...], list[Access]] = defaultdict(list)
    for access in Access.objects.filter(case_id=case.pk).order_by("-at", "-id")[: LOOKS * 10]:
        grouped[access.user_id, access.purpose, access.at.date()].append(access)
    return [(visits[0], len(visits)) for visits in list(grouped.values())[:LOOKS]]
