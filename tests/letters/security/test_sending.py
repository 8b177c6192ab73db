"""What a hostile name, address or server can do to a letter on its way, and what is left in logs and on disk."""

import csv
import logging
import time
from email import message_from_bytes, policy
from io import StringIO
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from cases.models import Case, Person
from landlords.permissions import Refused
from letters.firewall.engine import Protected, Reader, scan
from letters.models import Print, Sending
from letters.outbox import relay
from letters.outbox.files import EmailFile
from letters.outbox.providers import Outcome, Parcel, Taken
from letters.outbox.services import queue
from letters.outbox.smtp import Smtp
from letters.outbox.written import as_email
from letters.pdf.manifest import Entry, manifest
from letters.services import change_letter, make_letter
from tests.factories.world import NOON, Side
from tests.letters.outbox.conftest import box, kept
from tests.letters.outbox.sealed import deliver, fresh, queued, sealed
from tests.letters.test_writing import ANSWERS, begun
from tests.timeline.mailbox import Mailbox

__all__ = ["box", "kept"]

PARCEL = Parcel(
    "<11111111-2222-3333-4444-555555555555@sender.example>",
    "amina@inbox.example",
    "A letter is attached.",
    "Northmoor Homes",
    "asb@northmoor.example",
    "A letter from Northmoor Homes",
    b"%PDF-1.7",
    "letter.pdf",
)


TRICKS = (
    "amina@inbox.example, dale@inbox.example",
    "amina@inbox.example\r\nBcc: dale@inbox.example",
    "amina@inbox.example\nDATA",
    "Dale <dale@inbox.example>",
    "<dale@inbox.example> amina@inbox.example",
    "amina@inbox.example> SIZE=1",
    "amina@inbox.example;dale@inbox.example",
    "@relay.example:amina@inbox.example",
    "amina@inbox.example\x01",
    '"a, dale@inbox.example"@inbox.example',
    "undisclosed-recipients:;",
    "amina",
)


def test_only_one_plain_address_is_queued(here: Side) -> None:
    letter = sealed(here)
    for address in TRICKS:
        Person.objects.filter(pk=here.complainant.pk).update(email=address)
        with pytest.raises(Refused, match="is not an e-mail address"):
            queue(letter, channel="email", by=here.actor())
    assert Sending.objects.count() == 0


def test_an_odd_but_true_address_reaches_itself_alone(here: Side, box: Mailbox) -> None:
    address = "o'brien+asb@inbox.example"
    Person.objects.filter(pk=here.complainant.pk).update(email=address)
    sending = queued(here, person=Person.objects.get(pk=here.complainant.pk))
    deliver(here)
    assert (fresh(sending).state, box.recipients) == ("sent", [address])


@pytest.mark.parametrize("name", ["Northmoor\r\nBcc: dale@inbox.example", "Northmoor\nX: y", "a\x00b"])
def test_a_name_adds_no_header(name: str) -> None:
    parcel = Parcel(**{**vars(PARCEL), "sender": name, "subject": f"A letter from {name}"})
    taken = Smtp().send(parcel)
    if taken.outcome != Outcome.REFUSED:
        message = message_from_bytes(as_email(parcel), policy=policy.default)
        assert (message["Bcc"], message["X"]) == (None, None)


@pytest.mark.parametrize(
    "name", ["=?utf-8?q?Dale?= <dale@inbox.example>", 'Homes" <dale@inbox.example>', "Wohnen für Alle"]
)
def test_a_name_is_no_address(name: str) -> None:
    message = message_from_bytes(as_email(Parcel(**{**vars(PARCEL), "sender": name})), policy=policy.default)
    assert [one.addr_spec for one in message["From"].addresses] == ["asb-cases@localhost"]
    assert [one.addr_spec for one in message["To"].addresses] == [PARCEL.to]


def _content(box: Mailbox) -> bytes:
    content = box.messages[0].content
    assert isinstance(content, bytes)
    return content


def test_headers_and_words_of_an_email_say_nothing_of_the_matter(here: Side, box: Mailbox) -> None:
    queued(here)
    deliver(here)
    message = message_from_bytes(_content(box), policy=policy.default)
    assert sorted(name.lower() for name in message if not name.lower().startswith("x-")) == [
        "content-type", "date", "from", "message-id", "mime-version", "reply-to", "subject", "to",
    ]  # fmt: skip
    text = message.get_body(("plain",))
    assert text is not None
    outside = "\n".join(
        [*(str(value) for name, value in message.items() if name != "To"), text.get_content()]
    )
    for secret in (
        "Amina",
        "Dale",
        here.case.reference,
        here.submitted.report.reference,
        "noise",
        "behaviour",
    ):
        assert secret.casefold() not in outside.casefold()
    assert message.get_body(("html",)) is None
    assert [one.get_filename() for one in message.iter_attachments()] == ["letter.pdf"]


def test_a_message_id_is_no_path(kept: Path, settings: Settings) -> None:
    settings.LETTERS_KEPT = kept
    EmailFile().send(PARCEL)
    assert [path.parent for path in kept.rglob("*.eml")] == [kept]
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_the_list_of_a_print_file_is_no_formula(start: str) -> None:
    lines = list(
        csv.reader(StringIO(manifest([Entry(1, "VV-1", f"{start}HYPERLINK(1)", f"{start}1", 1, 1, "0")])))
    )
    assert [cell[:1] for cell in lines[1][2:4]] == ["'", "'"]


def test_what_has_become_domestic_abuse_while_it_waited_does_not_go(here: Side, box: Mailbox) -> None:
    sending = queued(here)
    Case.objects.filter(pk=here.case.pk).update(domestic_abuse=True, restricted=True)
    deliver(here)
    assert (fresh(sending).state, box.messages) == ("failed", [])
    assert "none is" in fresh(sending).result


@pytest.mark.parametrize(
    "changes", [{"email": "dale@inbox.example"}, {"safe_contact": "call"}], ids=["address", "safe way"]
)
def test_what_changed_while_it_waited_stops_it(here: Side, box: Mailbox, changes: dict[str, str]) -> None:
    sending = queued(here)
    Person.objects.filter(pk=here.complainant.pk).update(**changes)
    deliver(here)
    assert (fresh(sending).state, box.messages) == ("failed", [])


class Talkative:
    """A provider whose words name whom it was to reach."""

    def __init__(self, sending: Sending, *, breaks: bool) -> None:
        self.sending, self.breaks = sending, breaks

    def send(self, parcel: Parcel) -> Taken:
        if self.breaks:
            raise RuntimeError(f"cannot reach {parcel.to}")
        Sending.objects.filter(pk=self.sending.pk).update(state="sent", sent_at=NOON)
        return Taken(Outcome.REFUSED, f"550 <{parcel.to}> is unknown")


@pytest.mark.parametrize("breaks", [True, False], ids=["breaks", "is overtaken"])
def test_logs_name_nobody(
    here: Side, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, breaks: bool
) -> None:
    """What a provider says is kept with the sending, for those who may open the case."""
    caplog.set_level(logging.INFO)
    sending = queued(here)
    monkeypatch.setattr(relay, "provider_for", lambda channel: Talkative(sending, breaks=breaks))
    deliver(here)
    make_letter(begun(here), by=here.actor())
    assert [record.name for record in caplog.records] == ["letters.outbox.relay"]
    for secret in ("Amina", here.complainant.email, "Dale", "We have your report"):
        assert secret not in caplog.text
    assert (here.complainant.email in fresh(sending).result) is breaks


HOSTILE = (
    '<img src="file:///etc/passwd">',
    "<style>@import url(http://127.0.0.1:9/x)</style>",
    '<link rel="attachment" href="file:///etc/hostname">',
    "</title><script>x</script>",
    "&lt;b&gt;",
    "\u202eelaD\u202c",
    "{{ x }} [promised]",
)


def test_a_hostile_name_is_printed_as_text(here: Side) -> None:
    letters = []
    for name in HOSTILE:
        Person.objects.filter(pk=here.complainant.pk).update(name=name)
        letters.append(make_letter(begun(here), by=here.actor()))
    assert [letter.document["address"][0] for letter in letters if letter.document] == [*HOSTILE]
    assert all(bytes(one.content).startswith(b"%PDF-") for one in Print.objects.all())


def test_texts_as_long_as_may_be_are_searched_in_seconds() -> None:
    """Sixty thousand characters of what costs most to search, for five people."""
    them = Protected(
        "complainant", ("Priya Ramanathan",), ("14 Larkspur Court, ZZ4 9QT",), ("07700 900461",), ("p.r@x.example",),
        ("ZZ19 KLM",), ("the music starts after eleven and my baby wakes up " * 150,),
    )  # fmt: skip
    begun_at = time.process_time()
    for text in (
        "flat 14 and " * 5_000,
        "p r i y " * 7_500,
        "the music starts after eleven " * 2_000,
        "0" * 60_000,
    ):
        scan([text], [them] * 5, Reader(addresses=("9 Larkspur Court",)))
    assert time.process_time() - begun_at < 30


def test_a_text_that_is_too_long_is_refused_before_it_is_kept(here: Side) -> None:
    letter = begun(here, "appointment", "respondent")
    for answers, own in (({**ANSWERS, "about": "x" * 10_001}, ""), (ANSWERS, "x" * 10_001)):
        with pytest.raises(Refused, match="10,000 characters"):
            change_letter(letter, answers=answers, own_words=own, form="standard", by=here.actor())
    letter.refresh_from_db()
    assert (letter.answers.get("about", ""), letter.own_words) == ("", "")
