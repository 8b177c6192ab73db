"""One case whose first contact falls due two minutes after the start, so that a miss can be watched."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from asbcases.demo.loading import staff_of
from cases.choices import DeadlineState
from cases.models import Breach, Case, Deadline
from cases.schema import DeadlinesSection
from cases.services.categorising import reassign
from cases.services.misses import confirm_met
from cases.services.people import Told
from cases.services.working import record_duty_done
from landlords.models import Landlord, Membership
from landlords.permissions import Role
from policies.rules import WithinHours, parse_rule
from policies.schema import Policy
from policies.selectors import policy_of, version_in_force
from policies.services import local_today
from timeline import clock
from timeline.scope import landlord_scope
from triage.facts import Facts
from triage.services import Submission, submit_report

LANDLORD = "northmoor"
"""The landlord of the demonstration that counts a first contact in hours, so that any minute will do."""
HEAD_START = datetime.timedelta(minutes=2)
TIME_TO_WATCH = datetime.timedelta(minutes=1)
LATE_ENTRY = "Written on paper while the contact centre system was down"


@dataclass(frozen=True)
class DueSoon:
    """The case about to be missed, and who it is with."""

    reference: str
    landlord: str
    officer: str
    email: str
    due_at: datetime.datetime


@transaction.atomic
def seed_due_soon() -> DueSoon:
    """Have somebody report violence so long ago that first contact is due in two minutes, once at a time.

    Raises Landlord.DoesNotExist before the demonstration is loaded.
    """
    landlord = Landlord.objects.get(key=LANDLORD)
    with landlord_scope(landlord.pk):
        return _running(landlord, at_least=TIME_TO_WATCH) or _seed(landlord)


@transaction.atomic
def running_case() -> DueSoon | None:
    """The case seeded last, until its time has passed."""
    landlord = Landlord.objects.filter(key=LANDLORD).first()
    if landlord is None:
        return None
    with landlord_scope(landlord.pk):
        return _running(landlord)


def _seed(landlord: Landlord) -> DueSoon:
    policy = policy_of(version_in_force(local_today()))
    received = clock.now() - datetime.timedelta(hours=_hours(policy)) + HEAD_START
    submitted = submit_report(_violence(received), by=_member(Role.ADVISER).actor())
    assert submitted.case is not None
    _acknowledge(submitted.case, received)
    officer = _member(Role.SPECIALIST)
    reassign(submitted.case, owner=officer, reason="Taken on first thing", by=_member(Role.MANAGER).actor())
    found = _running(landlord)
    assert found is not None
    return found


def _acknowledge(case: Case, received: datetime.datetime) -> None:
    """Done in time and entered with the report; confirmed, so that only first contact is left to be missed."""
    for deadline in case.deadlines.filter(kind="acknowledgement", state=DeadlineState.RUNNING):
        done_at = received + datetime.timedelta(minutes=1)
        note = "Told on the telephone that we have it"
        record_duty_done(deadline, done_at=done_at, note=note, by=_member(Role.SPECIALIST).actor())
    for breach in Breach.objects.filter(deadline__case=case, recorded_late_at__isnull=False):
        confirm_met(breach, by=_member(Role.MANAGER).actor())


def _hours(policy: Policy) -> int:
    """How long the most serious level waits for first contact. Raises StopIteration where no hours are given."""
    rules = policy.section(DeadlinesSection).deadlines
    parsed = (parse_rule(rule.due) for rule in rules if rule.kind == "initial_contact")
    return next(rule.hours for rule in parsed if isinstance(rule, WithinHours))


def _violence(received: datetime.datetime) -> Submission:
    return Submission(
        Facts(
            received_at=received,
            behaviours=("physical_violence",),
            channel="telephone",
            reporter="tenant",
            respondent="tenant",
        ),
        description=(
            "The man downstairs shoved my husband against the railings when he asked him to move the scooter. His "
            "arm is in a sling. We have to walk past that door every time we go out."
        ),
        occurred_at=received - datetime.timedelta(minutes=50),
        location="Flat 6, 12 Kelpie Crescent, Skerravoe, ZZ23 4TN",
        reporter=Told(
            name="Marguerite Osei-Thorne",
            kind="tenant",
            phone="07700 900417",
            email="marguerite.oseithorne@example.org",
            address="Flat 6, 12 Kelpie Crescent, Skerravoe, ZZ23 4TN",
        ),
        respondent=Told(kind="tenant", address="Flat 2, 12 Kelpie Crescent, Skerravoe, ZZ23 4TN"),
        late_entry_reason=LATE_ENTRY,
    )


def _member(role: Role) -> Membership:
    """The first of the landlord's demonstration staff in that role."""
    email = next(person["email"] for person in staff_of(LANDLORD) if person["role"] == role)
    return Membership.objects.select_related("user", "team").get(user__email=email)


def _running(landlord: Landlord, *, at_least: datetime.timedelta = datetime.timedelta()) -> DueSoon | None:
    """The newest one with so much time left."""
    found = Deadline.objects.filter(
        kind="initial_contact",
        state=DeadlineState.RUNNING,
        due_at__gte=clock.now() + at_least,
        due_at__lte=clock.now() + HEAD_START,
        report__late_entry_reason=LATE_ENTRY,
        case__owner__isnull=False,
    )
    deadline = found.select_related("case__owner__user").order_by("-due_at").first()
    return _told(deadline, landlord) if deadline else None


def _told(deadline: Deadline, landlord: Landlord) -> DueSoon:
    assert deadline.case is not None
    assert deadline.case.owner is not None
    assert deadline.due_at is not None
    officer = deadline.case.owner.user
    return DueSoon(deadline.case.reference, landlord.name, officer.name, officer.email, deadline.due_at)
