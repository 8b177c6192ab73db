"""What follows from a letter that has gone, what is taken back when it came back, and that nothing is a contact."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from cases.choices import PartyRole
from cases.models import Contact, Deadline, Mailing, Notice, Person
from cases.services.mailing import mark_mailing_sent
from cases.sweep import sweep_landlord
from landlords.models import Landlord
from landlords.permissions import Refused, Role
from landlords.services import add_member
from letters.kinds import Audience
from letters.models import Sending
from letters.outbox import following, listening
from letters.outbox.listening import Gone
from letters.outbox.services import came_back, mark_handed_over
from tests.factories.policies import load
from tests.factories.world import MONDAY, NOON, Side, report
from tests.letters.outbox.sealed import deliver, fresh, inside, queued
from timeline.actors import system
from timeline.clock import clock_at
from timeline.models import Event
from timeline.registry import Registry

pytestmark = pytest.mark.usefixtures("box")
DAY = timedelta(days=1)
STAYS = "It still stands on record that they were told in writing, and that cannot be taken out.\nTell them again."


@pytest.fixture
def believe(request: pytest.FixtureRequest, db: None) -> Iterator[Side]:
    """A landlord whose policy wants the other side told of noise monitoring, in person and in writing; or another."""
    key = getattr(request, "param", "believe")
    load(key)
    side = Side(Landlord.objects.get(key=key), "Rowan")
    with inside(side), clock_at(MONDAY):
        side.members[Role.OFFICER] = add_member(
            email="officer@believe.example", name="Officer Rowan", role=Role.OFFICER, by=system("Tests")
        )
        side.submitted = report(side, "noise")
        assert side.submitted.case is not None
        side.case = side.submitted.case
        with clock_at(NOON):
            yield side


def came(sending: Sending) -> None:
    came_back(fresh(sending).message_id, "550 Mailbox full", by=system("Tests"))


def respondent(side: Side) -> Person:
    person = side.case.parties.get(role=PartyRole.RESPONDENT).person
    person.email = "dale@example.org"
    person.save()
    return person


def running(side: Side, met_by: str, **changes: Any) -> Deadline:
    """A clock due tomorrow at noon."""
    told = {
        "kind": "acknowledgement" if met_by == "acknowledgement_delivered" else "case_review_information",
        "label": "Acknowledge the report",
        "basis": "promise",
        "rule": "within_working_days:1",
        "start_at": MONDAY,
        "due_at": NOON + DAY,
        "amber_at": NOON + DAY / 2,
        "escalate_at": NOON + 2 * DAY,
        "next_sweep_at": NOON + DAY / 2,
        **changes,
    }
    return Deadline.objects.create(
        landlord=side.landlord,
        case=side.case,
        team_id=side.case.team_id,
        person=side.complainant,
        met_by=met_by,
        **told,
    )


def standing(deadline: Deadline) -> tuple[str, datetime | None, datetime | None]:
    deadline.refresh_from_db()
    return deadline.state, deadline.met_at, deadline.next_sweep_at


def owed(side: Side, kind: str) -> Mailing:
    told = {"words": "Dear Amina", "queued_at": MONDAY, "queued_by": "Olive"}
    return Mailing.objects.create(
        landlord=side.landlord, case=side.case, person=side.complainant, kind=kind, **told
    )


def sent(mailing: Mailing) -> tuple[datetime | None, str, str]:
    mailing.refresh_from_db()
    return mailing.sent_at, mailing.sent_how, mailing.sent_by


def test_an_acknowledgement_that_went_meets_its_clock(here: Side) -> None:
    clock, later = (running(here, "acknowledgement_delivered", start_at=at) for at in (MONDAY, NOON + DAY))
    queued(here, kind="acknowledgement")
    assert standing(clock) == ("running", None, NOON + DAY / 2)
    deliver(here)
    assert standing(clock) == ("met", NOON, None)
    assert standing(later)[0] == "running"
    assert Contact.objects.count() == 0


def test_another_letter_meets_no_clock(here: Side) -> None:
    clock = running(here, "acknowledgement_delivered")
    queued(here, kind="update")
    deliver(here)
    assert standing(clock)[0] == "running"


def test_a_clock_waits_again_when_the_letter_came_back(here: Side) -> None:
    clock = running(here, "acknowledgement_delivered")
    sending = queued(here, kind="acknowledgement")
    deliver(here)
    with clock_at(NOON + DAY / 4):
        came(sending)
    assert standing(clock) == ("running", None, NOON + DAY / 2)


def test_a_promise_that_was_not_kept_after_all_is_missed(here: Side) -> None:
    clock = running(here, "acknowledgement_delivered")
    sending = queued(here, kind="acknowledgement")
    deliver(here)
    with clock_at(NOON + 2 * DAY):
        came(sending)
        assert clock.breaches.count() == 0
        sweep_landlord(here.landlord.pk)
    assert clock.breaches.get().due_at == NOON + DAY


@pytest.mark.parametrize(
    ("kind", "mailing"),
    [
        ("closure", "closing_letter"),
        ("satisfaction_survey", "survey"),
        ("case_review_information", "case_review"),
    ],
)
def test_what_closing_owes_is_settled_and_owed_again(here: Side, kind: str, mailing: str) -> None:
    others = [owed(here, one) for one in Mailing.Kind.values if one != mailing]
    theirs = owed(here, mailing)
    sending = queued(here, kind=kind)
    deliver(here)
    assert sent(theirs) == (NOON, "email", "Outbox")
    assert [sent(one) for one in others] == [(None, "", "")] * 2
    came(sending)
    assert sent(theirs) == (None, "", "")
    mark_mailing_sent(theirs, how="letter", sent_at=NOON, by=here.actor())


def test_what_was_marked_by_hand_already_stays(here: Side) -> None:
    theirs = owed(here, "closing_letter")
    mark_mailing_sent(theirs, how="letter", sent_at=NOON, by=here.actor())
    queued(here, kind="closure")
    deliver(here)
    assert (sent(theirs), Event.objects.filter(verb="mailing_sent").count()) == (
        (NOON, "letter", "Officer Larkspur"),
        1,
    )


def test_handed_over_on_a_visit_is_said_so(here: Side) -> None:
    theirs = owed(here, "survey")
    sending = queued(here, "hand", kind="satisfaction_survey")
    mark_handed_over(sending, at=NOON, by=here.actor(), where="visit")
    assert sent(theirs) == (NOON, "visit", "Officer Larkspur")


@pytest.mark.parametrize(
    ("believe", "kind", "of"),
    [
        ("believe", "noise_monitoring_notice", "noise_equipment"),
        ("plus-dane", "possession_decision", "right_of_appeal"),
    ],
    indirect=["believe"],
)
def test_a_notice_that_the_policy_wants_is_given_in_writing(believe: Side, kind: str, of: str) -> None:
    person = respondent(believe)
    sending = queued(believe, kind=kind, person=person, audience=Audience.RESPONDENT)
    assert Notice.objects.count() == 0
    deliver(believe)
    given = Notice.objects.get()
    assert (given.person_id, given.of, given.how, given.given_at, given.recorded_by) == (
        person.pk,
        of,
        "written",
        NOON,
        "Outbox",
    )
    came(sending)
    assert (fresh(sending).result, Notice.objects.get()) == (f"550 Mailbox full\n{STAYS}", given)


def test_where_the_policy_asks_for_no_notice_none_is_given(here: Side) -> None:
    sending = queued(
        here, kind="noise_monitoring_notice", person=respondent(here), audience=Audience.RESPONDENT
    )
    deliver(here)
    assert (fresh(sending).state, Notice.objects.count()) == ("sent", 0)


def test_a_letter_about_the_case_review_explains_it(here: Side) -> None:
    clock = running(here, "case_review_information_given")
    sending = queued(here, kind="case_review_information", words="Ask the council.")
    deliver(here)
    told = Notice.objects.get()
    assert (told.of, told.how, told.summary) == (
        "case_review",
        "written",
        "About your report\n\nAsk the council.",
    )
    assert standing(clock) == ("met", NOON, None)
    came(sending)
    assert (fresh(sending).result, standing(clock)) == (
        f"550 Mailbox full\n{STAYS}",
        ("running", None, NOON + DAY / 2),
    )


@pytest.fixture
def listeners(monkeypatch: pytest.MonkeyPatch) -> Registry[listening.Listener]:
    """None but those of the test."""
    empty: Registry[listening.Listener] = Registry("listener of a test")
    monkeypatch.setattr(listening, "letter_sent_listeners", empty)
    return empty


def test_a_listener_is_told_everything(here: Side, listeners: Registry[listening.Listener]) -> None:
    heard: list[Gone] = []
    listeners.register("ear", heard.append)
    sending = queued(here, asked_this_way=True)
    deliver(here)
    [gone] = heard
    assert (gone.letter.pk, gone.case.pk, gone.channel, gone.means) == (
        sending.letter_id,
        here.case.pk,
        "email",
        "email",
    )
    assert (gone.at, gone.asked_this_way, gone.by.name) == (NOON, True, "Outbox")


def test_what_a_listener_will_not_note_is_told_and_the_letter_has_gone_all_the_same(
    here: Side, listeners: Registry[listening.Listener]
) -> None:
    def refuse(gone: Gone) -> None:
        Person.objects.filter(name="Amina Larkspur").update(name="Somebody else")
        raise Refused("There is a later version.")

    def fail(_gone: Gone) -> None:
        Person.objects.get(pk=0)

    listeners.register("refuse", refuse)
    listeners.register("fail", fail)
    sending = queued(here)
    deliver(here)
    assert (fresh(sending).state, fresh(sending).result) == (
        "sent",
        "250 Kept\nThere is a later version.\none entry could not be made; see the log",
    )
    assert Person.objects.get(pk=here.complainant.pk).name == "Amina Larkspur"


def test_a_kind_may_have_a_listener_of_its_own(here: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Gone] = []
    kinds = {"update": type("Kind", (), {"sent": heard.append, "label": "Update"})}
    monkeypatch.setattr(listening, "letter_kinds", kinds)
    queued(here)
    deliver(here)
    assert [one.letter.kind for one in heard] == ["update"]


def test_nothing_here_is_told_twice() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        listening.letter_sent_listeners.register("notices", following.register)  # type: ignore[arg-type]
