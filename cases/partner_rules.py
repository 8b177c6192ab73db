"""The part of a policy about other agencies: who they are, and what referring to them or telling them needs.

The answers a ``detail`` need may name, for both steps: ``asked`` and ``agreed`` (permission or consent), ``lawful``
(agreed, or on a basis that stands without it), ``safeguarding`` (on that basis), ``complainant_side`` (a complainant,
reporter or witness). For sharing also ``told_or_why_not`` and ``purpose``; for referring also ``internal``.
"""

from collections.abc import Iterator
from typing import Literal

from cases.gates.schema import Requirement, requirement_problems
from cases.models.partner import LawfulBasis
from policies.problems import Problem
from policies.schema import Key, Policy, Text
from policies.sections import Part, Section, Sourced

_OF_BOTH = frozenset({"asked", "agreed", "lawful", "safeguarding", "complainant_side"})
DETAILS = {
    "sharing": _OF_BOTH | {"told_or_why_not", "purpose"},
    "referring": _OF_BOTH | {"internal"},
}
Basis = Literal[
    "consent",
    "crime_and_disorder",
    "safeguarding",
    "public_task",
    "legitimate_interests",
    "legal_obligation",
]


class Agency(Sourced):
    """``supports``: people are referred to it. ``internal``: a team of ours, which needs nobody's consent.

    ``meets_referral_duty``: a referral to it is the one that a promise to refer waits for.
    """

    key: Key
    label: Text
    supports: bool = False
    internal: bool = False
    meets_referral_duty: bool = False


class BasisRule(Sourced):
    """A lawful basis that stands though the person did not agree."""

    basis: Basis


class Purposes(Sourced):
    """What the policy discloses personal data for, in its own words."""

    words: tuple[Text, ...]


class Partners(Part):
    agencies: tuple[Agency, ...] = ()
    purposes: Purposes | None = None
    sharing: tuple[Requirement, ...] = ()
    referring: tuple[Requirement, ...] = ()
    without_permission: tuple[BasisRule, ...] = ()
    without_consent: tuple[BasisRule, ...] = ()

    def agency(self, label: str) -> Agency | None:
        return next((agency for agency in self.agencies if agency.label == label), None)

    def stands_without(self, step: Literal["sharing", "referring"], basis: str) -> bool:
        rules = self.without_permission if step == "sharing" else self.without_consent
        return basis in {rule.basis for rule in rules}


class PartnersSection(Section):
    partners: Partners = Partners()

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """Agencies are listed once, consent is no basis without consent, and every need asks what is answered."""
        keys = [agency.key for agency in self.partners.agencies]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                path = f"partners.agencies[{number}].key"
                yield Problem(path, key, "a key used once", "this agency is listed twice")
        for name in ("without_permission", "without_consent"):
            for number, rule in enumerate(getattr(self.partners, name)):
                if rule.basis == LawfulBasis.CONSENT:
                    path = f"partners.{name}[{number}].basis"
                    yield Problem(path, rule.basis, "another basis", "consent cannot stand without consent")
        for step, known in DETAILS.items():
            needs = getattr(self.partners, step)
            yield from requirement_problems(f"partners.{step}", needs, policy)
            yield from _unanswered(f"partners.{step}", needs, known)


def _unanswered(path: str, needs: tuple[Requirement, ...], known: frozenset[str]) -> Iterator[Problem]:
    for number, need in enumerate(needs):
        named = {need.of or ""} if need.need == "detail" else set()
        for key in sorted((named | set(need.when.details)) - known):
            yield Problem(f"{path}[{number}]", key, ", ".join(sorted(known)), "no question asks this")
