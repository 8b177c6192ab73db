"""Marks of risk to staff: which are shown on which case, in the words of that case only.

A mark of an ordinary case is shown on every case of the person, and where the same name lives at the same home. One
of a restricted case is shown elsewhere only if whoever recorded it said so; it stays with its case else. Elsewhere no
mark tells who recorded it or on which case: one that came from a restricted case looks like any other.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import JSONObject

from cases import models
from cases.addresses import address_words, same_home
from cases.models import Party, Person, StaffRisk
from policies.working_time import LONDON
from timeline import clock

Row = dict[str, Any]
Rows = Iterable[Row]
_TOLD = {name: name for name in ("key", "person_id", "known", "since", "recorded_by", "review_on")}


@dataclass(frozen=True)
class TakeCare:
    """One mark as a case shows it. ``recorded_by`` is empty for one that was recorded on another case.

    ``alike``: it is on somebody else's record, of the same name at the same home; it is looked at again there.
    """

    key: str
    name: str
    known: str
    since: datetime.datetime
    review_on: datetime.date
    recorded_by: str
    person_id: int
    alike: bool = False

    @property
    def review_passed(self) -> bool:
        return self.review_on < clock.now().astimezone(LONDON).date()


def marks_on(case: Any) -> QuerySet[StaffRisk]:
    """Of everybody on a case, as far as they are shown there; ``case`` is its id or a reference to it.

    Somebody who has two parts comes twice.
    """
    return _standing().filter(_shown_on(case), person__parts__case=case)


def withdrawn_marks(case: models.Case) -> dict[int, list[StaffRisk]]:
    """By person, newest first: what was known once, as far as it was shown on this case."""
    gone = StaffRisk.objects.filter(_shown_on(case.pk), withdrawn_at__isnull=False)
    found: dict[int, list[StaffRisk]] = defaultdict(list)
    for risk in gone.filter(person__in=case.parties.values("person")).order_by("-withdrawn_at", "-pk"):
        found[risk.person_id].append(risk)
    return found


def _shown_on(case: Any) -> Q:
    return Q(everywhere=True) | Q(case=case) | Q(case__joined_to=case)


def marked() -> Exists:
    """For a query of cases: whether staff have to take care with somebody on it."""
    return Exists(marks_on(OuterRef("pk")))


def words_of_marks() -> ArraySubquery:
    """For a query of cases: what is known; of somebody with two parts, twice."""
    return ArraySubquery(marks_on(OuterRef("pk")).order_by("since", "pk").values("known"))


def marks_of_people() -> ArraySubquery:
    """For the query of one case: what ``take_care`` is told of its people."""
    here = Case(
        When(Q(case=OuterRef("pk")) | Q(case__joined_to=OuterRef("pk")), then="recorded_by"),
        default=Value(""),
    )
    told = JSONObject(**_TOLD | {"recorded_by": here})
    return ArraySubquery(marks_on(OuterRef("pk")).order_by("since", "pk").values_list(told))


def marks_of_the_same_name() -> ArraySubquery:
    """For the query of one case: what ``take_care`` compares with its people."""
    parts = Party.objects.filter(case=OuterRef(OuterRef("pk"))).exclude(person__name_key="")
    alike = _standing().filter(everywhere=True, name_key__in=parts.values("person__name_key"))
    told = JSONObject(**_TOLD, name_key="name_key", address="person__address")
    return ArraySubquery(alike.order_by("since", "pk").values_list(told))


def take_care(of_people: Rows, same_name: Rows, parties: Callable[[], Iterable[Party]]) -> list[TakeCare]:
    """Oldest first, each once; ``parties`` are asked for only where there is anything to tell."""
    if not (of_people or same_name):
        return []
    people = {party.person_id: party.person for party in parties()}
    found = {
        row["key"]: _told(row, people[row["person_id"]].name)
        for row in of_people
        if row["person_id"] in people
    }
    for row in same_name:
        alike = next((one for one in people.values() if _is_alike(row, one)), None)
        if alike is not None and row["key"] not in found:
            found[row["key"]] = replace(
                _told(row, alike.name), recorded_by="", person_id=alike.pk, alike=True
            )
    return list(found.values())


def _standing() -> QuerySet[StaffRisk]:
    return StaffRisk.objects.filter(withdrawn_at__isnull=True)


def _told(row: Row, name: str) -> TakeCare:
    told = {key: row[key] for key in _TOLD}
    told["since"] = datetime.datetime.fromisoformat(row["since"])
    told["review_on"] = datetime.date.fromisoformat(row["review_on"])
    return TakeCare(name=name, **told)


def _is_alike(row: Row, person: Person) -> bool:
    if row["person_id"] == person.pk or row["name_key"] != person.name_key:
        return False
    return same_home(address_words(row["address"]), address_words(person.address))
