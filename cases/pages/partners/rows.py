"""Referrals and what partners were told, as the partners page shows them."""

from typing import Any

from cases.confided import known_on
from cases.models import Referral, Sharing
from cases.models.partner import LawfulBasis
from cases.selectors.file import CaseFile
from landlords.permissions import Permission, can
from timeline.actors import Actor

Row = dict[str, Any]


def referrals_of(file: CaseFile) -> list[Referral]:
    """In the order they were recorded: an address says which one by its place, from 1."""
    return known_on(file.case, file.case.referrals.select_related("person", "case__policy").order_by("id"))


def referral_rows(file: CaseFile, *, by: Actor) -> list[Row]:
    """Newest first, without those made to protect somebody, for readers whose work that is not."""
    rows: list[Row] = [
        {"referral": one, "number": number} for number, one in enumerate(referrals_of(file), start=1)
    ]
    return [row for row in rows[::-1] if may_read(row["referral"].basis_without_consent, by)]


def sharings_of(file: CaseFile, *, by: Actor) -> list[Sharing]:
    """As ``referral_rows``."""
    found = file.case.sharings.select_related("person").order_by("-shared_at", "-id")
    return [one for one in known_on(file.case, found) if may_read(one.basis, by)]


def may_read(basis: str, by: Actor) -> bool:
    return basis != LawfulBasis.SAFEGUARDING or can(by, Permission.READ_SAFEGUARDING)
