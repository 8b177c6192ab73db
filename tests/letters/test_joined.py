"""A case that was joined to another has no letters of its own any more: what is written is written there."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.services.joining import join_cases
from landlords.permissions import Refused
from letters.models import Letter, Print, Sending
from letters.outbox.services import queue
from letters.services import begin_letter, change_letter, give_letter_up, make_letter
from tests.cases.pages import words
from tests.factories.world import Side, report
from tests.letters.outbox.sealed import deliver, fresh, queued, sealed


def joined(here: Side) -> Letter:
    """A draft on a case that is then joined to an older one."""
    told = report(here, "noise")
    assert told.case is not None
    letter = _begun(here, told.case, told.report.reporter_id)
    join_cases(told.case, here.case, reason="The same flat", by=here.actor())
    return Letter.objects.get(pk=letter.pk)


def _begun(here: Side, case: Case, person_id: int | None) -> Letter:
    return begin_letter(
        case, kind="acknowledgement", audience="complainant", person_id=person_id, by=here.actor()
    )


def test_nothing_is_made_or_changed_and_a_draft_can_be_given_up(here: Side) -> None:
    letter = joined(here)
    with pytest.raises(
        Refused, match=f"This case is now part of {here.case.reference}. Write the letter there"
    ):
        make_letter(letter, by=here.actor())
    with pytest.raises(Refused, match="Write the letter there"):
        change_letter(letter, answers={}, own_words="x", form="standard", by=here.actor())
    assert (Letter.objects.get().own_words, Letter.objects.get().status, Print.objects.count()) == (
        "",
        "draft",
        0,
    )
    assert give_letter_up(letter, by=here.actor()).status == "given_up"


def test_what_was_made_before_can_be_read_and_no_longer_sent(here: Side, client: Client) -> None:
    """Neither what is on its way nor what nobody has sent: it was searched for those on its own case."""
    told = report(here, "noise")
    assert told.case is not None
    waits = queued(here, case=told.case, person=told.report.reporter)
    letter = sealed(here, case=told.case, person=told.report.reporter)
    join_cases(told.case, here.case, reason="The same flat", by=here.actor())
    letter = Letter.objects.get(pk=letter.pk)
    with pytest.raises(Refused, match=f"This case is now part of {here.case.reference}"):
        queue(letter, channel="email", by=here.actor())
    deliver(here)
    assert (fresh(waits).state, Sending.objects.count()) == ("failed", 1)
    url = reverse("letter-pdf", args=[letter.reference, letter.key])
    assert here.sign_in(client).get(url).content == bytes(letter.print.content)


def test_none_is_begun(here: Side, client: Client) -> None:
    letter = joined(here)
    assert letter.case is not None
    with pytest.raises(Refused, match="Write the letter there"):
        _begun(here, letter.case, letter.person_id)
    here.sign_in(client)
    url = reverse("letter", args=[letter.reference, letter.key])
    typed = {"own_words": "", "form": "standard", "make": "1"}
    assert "Write the letter there" in words(client.post(url, typed))
    assert client.get(reverse("letter-pdf", args=[letter.reference, letter.key])).status_code == 404
    assert (Letter.objects.count(), Print.objects.count()) == (1, 0)
