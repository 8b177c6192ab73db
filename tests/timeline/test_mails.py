"""What the e-mails about clocks say: what to do and a reference, to those who can do it, and nobody's name."""

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings as project
from pytest_django.fixtures import Settings

from cases.services.categorising import reassign
from cases.sweep import sweep_landlord
from landlords.permissions import Role
from landlords.services import add_member
from tests.factories.world import Side
from tests.ports import LOOPBACK
from tests.timeline.mailbox import Mailbox, mailbox
from timeline.actors import system
from timeline.clock import clock_at
from timeline.models import Notification
from timeline.outbox import deliver_for

ON_THE_DAY = datetime(2026, 11, 17, 0, 0, tzinfo=UTC)
"""When the first contact and the decision about a waiting report fall due."""
THE_DAY_AFTER = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
MANAGER = "manager@vivid.example"


@pytest.fixture
def box(settings: Settings) -> Iterator[Mailbox]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mailbox() as opened:
        settings.EMAIL_HOST, settings.EMAIL_PORT = LOOPBACK, opened.port
        yield opened


def sent(here: Side, box: Mailbox, at: datetime) -> list[tuple[list[str], str, str]]:
    """Recipients, subject and text of what goes out at ``at``, by the reference it is about and its subject."""
    box.messages.clear()
    with clock_at(at):
        sweep_landlord(here.landlord.pk)
        deliver_for(here.landlord.pk)
    return sorted((envelope.rcpt_tos, *_read(envelope.original_content or b"")) for envelope in box.messages)


def _read(content: bytes) -> tuple[str, str]:
    message = email.message_from_bytes(content, policy=email.policy.default)
    body = message.get_body(("plain",))
    return str(message["Subject"]), body.get_content() if body else ""


def about(here: Side, mails: list[tuple[list[str], str, str]]) -> list[tuple[list[str], str]]:
    return [(to, subject) for to, subject, _text in mails if here.case.reference in subject]


def test_nobody_is_named_and_no_place_is_told(here: Side, box: Mailbox) -> None:
    mails = sent(here, box, ON_THE_DAY) + sent(here, box, THE_DAY_AFTER)
    assert len(mails) == Notification.objects.filter(email_state="sent").count() == 6
    for told in (here.canary, "Amina", "Dale", "Court", "07700", "noise", "domestic"):
        assert [mail for mail in mails if told.lower() in " ".join(mail[1:]).lower()] == []


def test_every_step_of_an_unowned_case_goes_to_the_managers(here: Side, box: Mailbox) -> None:
    reference = here.case.reference
    assert about(here, sent(here, box, ON_THE_DAY)) == [([MANAGER], f"Due: make first contact, {reference}")]
    assert about(here, sent(here, box, datetime(2026, 11, 18, tzinfo=UTC))) == [
        ([MANAGER], f"Missed: make first contact, {reference}")
    ]
    assert about(here, sent(here, box, THE_DAY_AFTER)) == [
        ([MANAGER], f"Missed and not explained: make first contact, {reference}")
    ]


def test_an_owner_is_told_first_and_the_managers_only_at_the_end(here: Side, box: Mailbox) -> None:
    reassign(here.case, owner=here.members[Role.OFFICER], reason="Yours", by=here.actor(Role.MANAGER))
    reference = here.case.reference
    assert about(here, sent(here, box, THE_DAY_AFTER)) == [
        ([MANAGER], f"Missed and not explained: make first contact, {reference}"),
        (["officer@vivid.example"], f"Missed: make first contact, {reference}"),
    ]


def test_the_managers_of_the_team_come_before_those_of_all(here: Side, box: Mailbox) -> None:
    add_member(
        email="nell@vivid.example", name="Nell", role=Role.MANAGER, team="neighbourhood", by=system("Tests")
    )
    [(to, _subject)] = about(here, sent(here, box, ON_THE_DAY))
    assert to == ["nell@vivid.example"]


def test_without_anybody_to_tell_only_the_product_shows_it(here: Side, box: Mailbox) -> None:
    here.members[Role.MANAGER].user.is_active = False
    here.members[Role.MANAGER].user.save()
    assert sent(here, box, ON_THE_DAY) == []
    states = Notification.objects.values_list("email_state", flat=True)
    assert set(states) == {"none"}


def test_the_text_leads_to_the_case_and_a_waiting_report_to_the_desk(here: Side, box: Mailbox) -> None:
    texts = {subject: text for _to, subject, text in sent(here, box, ON_THE_DAY)}
    assert texts[f"Due: make first contact, {here.case.reference}"].splitlines() == [
        f"Open it here: {project.SITE_URL}/desk/cases/{here.case.reference}/",
        "",
        "This message holds no names on purpose.",
    ]
    waiting = texts["Due: decide what happens with this report, a waiting report"].splitlines()
    assert waiting[0] == f"Open it here: {project.SITE_URL}/desk/"
