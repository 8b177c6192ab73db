"""Reports that were sent away in tests, and the letters about them."""

import hashlib
from typing import Any

from cases.models import Person
from cases.services.people import Told
from landlords.permissions import Role
from letters.composing.document import Document, Paragraph, Run
from letters.models import Letter, Print, Sending
from letters.outbox.services import queue
from letters.reading import address_of
from letters.services import begin_letter, change_letter
from tests.factories.world import MONDAY, Side
from tests.letters.outbox.sealed import PDF
from timeline import clock
from timeline.actors import system
from triage.facts import Facts
from triage.models import Proposal
from triage.services import Submission, decide_report, submit_report

REASON = "The people next door own their home; the council can help you."
HELP = {"reason": REASON, "who_helps": "The council, on 01632 960000"}
SON = Told(name="Basil Quayle", phone="07700 900321", email="basil@quayle.example")


def waiting(side: Side, *, anonymous: bool = False, complainant: Told | None = None) -> Proposal:
    """A report about a private home, which waits for a decision."""
    told = {
        "received_at": MONDAY,
        "channel": "telephone",
        "reporter": "non_customer",
        "respondent": "private",
        "behaviours": ("noise",),
        "anonymous": anonymous,
    }
    reporter = Told(name="Amina Larkspur", phone="07700 900123", email="amina@larkspur.example")
    found = submit_report(
        Submission(
            Facts.model_validate(told),
            description="He plays the trombone on the landing every night after eleven o'clock",
            reporter=Told() if anonymous else reporter,
            complainant=complainant or Told(),
            respondent=Told(name="Dale Larkspur", address="18 Larkspur Court"),
            late_entry_reason="Told at the door",
        ),
        by=system("Tests"),
    )
    Person.objects.filter(reports=found.report).update(address="16 Larkspur Court, ZZ1 1ZZ")
    related = ("report__reporter", "report__complainant", "team")
    return Proposal.objects.select_related(*related).get(report=found.report)


def sent_away(side: Side, **told: Any) -> Proposal:
    return decided(side, waiting(side, **told))


def decided(side: Side, proposal: Proposal, role: Role = Role.OFFICER) -> Proposal:
    decide_report(proposal, route="out_of_scope", reason=REASON, by=side.actor(role))
    related = ("report__reporter", "report__complainant", "report__policy")
    return Proposal.objects.select_related(*related).get(pk=proposal.pk)


def secret(side: Side, *, by: Role = Role.SPECIALIST) -> Proposal:
    """A report of domestic abuse that was sent away by somebody who deals with it; any report of it opens a case under
    the policies we have, so it is put there.
    """
    kept = waiting(side)
    report = kept.report
    report.pk, report._state.adding, report.reference = None, True, f"{report.reference[:-1]}*"
    report.behaviours = ["domestic_abuse"]
    report.save()
    Proposal.objects.filter(pk=kept.pk).delete()
    proposal = Proposal.objects.create(
        landlord_id=report.landlord_id,
        report=report,
        route="out_of_scope",
        team=kept.team,
        restricted=True,
        made_at=MONDAY,
    )
    return decided(side, proposal, by)


def reader_of(proposal: Proposal) -> Person:
    person = proposal.report.reporter
    assert person is not None
    return person


def begun(side: Side, proposal: Proposal, kind: str = "not_asb", role: Role = Role.OFFICER) -> Letter:
    return begin_letter(
        proposal.report,
        kind=kind,
        audience="complainant",
        person_id=reader_of(proposal).pk,
        by=side.actor(role),
    )


def answered(side: Side, proposal: Proposal, *, own_words: str = "", role: Role = Role.OFFICER) -> Letter:
    """A draft with nothing missing."""
    letter = begun(side, proposal, role=role)
    return change_letter(letter, answers=HELP, own_words=own_words, form="standard", by=side.actor(role))


def sealed(side: Side, proposal: Proposal, content: bytes = PDF, role: Role = Role.OFFICER) -> Letter:
    """Made, without a printer."""
    letter = answered(side, proposal, role=role)
    reader = reader_of(proposal)
    words = Document("Our answer", address_of(letter, reader), (Paragraph((Run("No."),)),))
    letter.document = words.as_json()
    letter.sha256, letter.size = hashlib.sha256(content).hexdigest(), len(content)
    letter.status, letter.sealed_at, letter.sealed_by = Letter.Status.SEALED, clock.now(), "Olive"
    letter.save()
    Print.objects.create(landlord=side.landlord, letter=letter, content=content)
    return letter


def queued(
    side: Side,
    proposal: Proposal,
    channel: str = "post",
    content: bytes = PDF,
    *,
    role: Role = Role.OFFICER,
    asked_this_way: bool = False,
) -> Sending:
    letter = sealed(side, proposal, content, role)
    return queue(letter, channel=channel, by=side.actor(role), asked_this_way=asked_this_way)
