"""A letter on its way as a line of a list, and the numbers beside the names of the lists."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from letters.kinds import letter_kinds
from letters.models import PrintBatch, Sending
from letters.outbox.going_out import Sort
from letters.outbox.plainly import Told, told_of
from letters.pages.place import letter_address
from policies.working_time import LONDON
from timeline import clock

BATCHES = "batches"
OLD = 3
"""Days after which a letter has waited too long for the post."""
TABS: dict[str, str | Promise] = {
    Sort.POST: gettext_lazy("Waiting for the post"),
    Sort.HAND: gettext_lazy("To hand over"),
    Sort.DOUBT: gettext_lazy("In doubt"),
    Sort.FAILED: gettext_lazy("Failed or came back"),
    Sort.GOING: gettext_lazy("Going now"),
    Sort.SENT: gettext_lazy("Sent today"),
    BATCHES: gettext_lazy("Print batches"),
}


@dataclass(frozen=True)
class Row:
    """``days`` it has waited, as a calendar on the wall counts them."""

    sending: Sending

    @property
    def label(self) -> str:
        return str(letter_kinds[self.sending.letter.kind].label)

    @property
    def to(self) -> str:
        """As it stands on the envelope, else as the case knows them."""
        letter = self.sending.letter
        first = self.sending.address_used.partition("\n")[0]
        by_paper = self.sending.channel in ("post", "hand")
        return first if by_paper or letter.person is None else letter.person.name

    @property
    def address(self) -> str:
        _name, *lines = self.sending.address_used.splitlines() or [""]
        return ", ".join(lines) if self.sending.channel in ("post", "hand") else self.sending.address_used

    @property
    def url(self) -> str:
        return letter_address(self.sending.letter)

    @property
    def days(self) -> int:
        today = clock.now().astimezone(LONDON).date()
        return (today - self.sending.queued_at.astimezone(LONDON).date()).days

    @property
    def is_old(self) -> bool:
        return self.days >= OLD

    @property
    def age(self) -> str:
        if self.days == 0:
            return _("Since today")
        return ngettext("For %(days)d day", "For %(days)d days", self.days) % {"days": self.days}

    @property
    def told(self) -> Told:
        return told_of(self.sending)


def tabs(counts: dict[Sort, int], shown: str) -> list[dict[str, Any]]:
    """Each list with how many are in it; of what has gone and been printed there is nothing to do."""
    counted = {sort.value: number for sort, number in counts.items() if sort != Sort.SENT}
    return [
        {
            "url": f"{reverse('outgoing')}?show={name}",
            "label": label,
            "current": name == shown,
            "count": counted.get(name, 0),
        }
        for name, label in TABS.items()
    ]


def batch_row(batch: PrintBatch, letters: int) -> dict[str, Any]:
    return {"batch": batch, "letters": letters, "sign": SIGNS[PrintBatch.State(batch.state)]}


SIGNS: dict[PrintBatch.State, str] = {
    PrintBatch.State.QUEUED: "reminder",
    PrintBatch.State.MAKING: "reminder",
    PrintBatch.State.READY: "due_soon",
    PrintBatch.State.FAILED: "missed",
    PrintBatch.State.GIVEN_UP: "impossible",
    PrintBatch.State.POSTED: "met",
}
"""Ready is not done: somebody has to print and post it."""
