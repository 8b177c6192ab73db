"""Cases that go together, and what stands on them."""

import datetime
from typing import Any

from actionplans.models import Plan, ToolUse
from cases.models import Case, Contact, Deadline, Evidence, Incident, Note, Party, Person
from cases.models.case import CaseAccess
from cases.services.people import Told
from landlords.permissions import Role
from riskmatrix.models import Assessment
from tests.factories.world import MONDAY, Side
from timeline.actors import Actor, system
from triage.facts import Facts
from triage.services import Submission, submit_report

DAY = datetime.timedelta(days=1)


def told(
    side: Side,
    *behaviours: str,
    who: str = "Amina",
    about: str = "Dale",
    at: datetime.datetime = MONDAY,
    known: Person | None = None,
    join: Case | None = None,
    happened: datetime.datetime | None = None,
    by: Actor | None = None,
    **facts: Any,
) -> Case:
    """Somebody reports somebody; the case it is on."""
    named = Told(name=f"{who} {side.canary}", phone="07700 900123") if who else Told()
    reporter = Told(person_id=known.pk) if known else named
    found = submit_report(
        Submission(
            Facts.model_validate(
                {
                    "behaviours": behaviours,
                    "received_at": at,
                    "channel": "telephone",
                    "reporter": "tenant",
                    "respondent": "tenant",
                    **facts,
                }
            ),
            description="It happened again",
            occurred_at=happened,
            location=f"16 {side.canary} Court",
            reporter=reporter,
            respondent=Told(name=f"{about} {side.canary}", address=f"{len(about)} {side.canary} Court"),
            late_entry_reason="Told on the telephone",
        ),
        by=by or system("Tests"),
        join=join,
    )
    assert found.case is not None
    return found.case


MODELS = (Case, Incident, Contact, Note, Party, CaseAccess, Deadline, Evidence, Plan, ToolUse, Assessment)


def everything(*cases: Case) -> dict[str, list[dict[str, Any]]]:
    """Every column of every row of these cases, apart from the search words."""
    ids = [case.pk for case in cases]
    found = {}
    for model in MODELS:
        rows = model.objects.filter(**{"pk__in" if model is Case else "case__in": ids}).order_by("pk")
        names = [field.attname for field in model._meta.concrete_fields if field.name != "search"]
        found[model.__name__] = [dict(row) for row in rows.values(*names)]
    return found


def officer(side: Side) -> Actor:
    return side.actor(Role.OFFICER)
