"""One letter that has words of its own: a kind, its reader and its format; and which words it has."""

import hashlib
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from letters.kinds import Audience, letter_kinds
from letters.models import Wording
from letters.wordings import SHIPPED, Words, shipped, words_for

FORMS = {"standard": False, "easy-read": True}
"""As they are called in addresses: whether it is easy read."""


@dataclass(frozen=True)
class Slot:
    """Large print is the standard words in larger letters, and so has none of its own."""

    kind: str
    audience: Audience
    easy_read: bool

    @property
    def label(self) -> str:
        label = str(letter_kinds[self.kind].label)
        return _("%(letter)s, easy read") % {"letter": label} if self.easy_read else label

    @property
    def form(self) -> str:
        """As it is called in addresses."""
        return next(form for form, easy_read in FORMS.items() if easy_read == self.easy_read)

    @property
    def to(self) -> str:
        return str(self.audience.label)

    @property
    def own(self) -> "QuerySet[Wording]":
        """Every version the active landlord has written."""
        return Wording.objects.filter(kind=self.kind, audience=self.audience, easy_read=self.easy_read)

    def draft(self) -> Wording | None:
        return self.own.filter(status=Wording.Status.DRAFT).first()

    def published(self) -> Wording | None:
        """The landlord's own that is in use; None while those that ship are."""
        return self.own.filter(status=Wording.Status.PUBLISHED).first()

    def in_use(self, landlord_key: str) -> Words:
        return words_for(landlord_key, self.kind, self.audience, easy_read=self.easy_read)

    def ships(self, landlord_key: str) -> Words:
        return shipped(landlord_key, self.kind, self.audience, easy_read=self.easy_read)

    def version(self, landlord_key: str, number: int) -> Words:
        """Raises Wording.DoesNotExist."""
        if number == SHIPPED:
            return self.ships(landlord_key)
        return words_of(self.own.get(version=number))

    def stamp(self) -> str:
        """What somebody has seen who looks now: it changes with the words in use and with those of the draft."""
        rows = self.own.filter(status__in=[Wording.Status.PUBLISHED, Wording.Status.DRAFT])
        seen = [f"{one.version}\n{one.status}\n{one.subject}\n{one.body}" for one in rows.order_by("version")]
        return hashlib.sha256("\0".join(seen).encode()).hexdigest()[:24]


def words_of(wording: Wording) -> Words:
    return Words(wording.version, wording.subject, wording.body)


def every_slot() -> list[Slot]:
    """In the order of the life of a case."""
    kinds = sorted(letter_kinds, key=lambda key: letter_kinds[key].order)
    return [
        Slot(kind, audience, easy_read)
        for kind in kinds
        for audience in letter_kinds[kind].audiences
        for easy_read in (False, True)
    ]
