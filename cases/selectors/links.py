"""Which cases have to do with each other, as far as the reader may know."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from cases.choices import PartyRole
from cases.confided import known_on
from cases.lifecycle import CaseState
from cases.models import Case, CaseLink, Party, Rearrangement
from cases.models.link import LinkKind
from cases.permissions import visible_to
from cases.selectors.matches import CLOSED_WITHIN
from cases.services.people import name_key
from timeline import clock
from timeline.actors import Actor


@dataclass(frozen=True)
class Linked:
    """One link as it is seen from a case; ``other`` is the case at its other end."""

    link: CaseLink
    other: Case


def links_of(case: Case, *, by: Actor) -> list[Linked]:
    """The links of a case, newest first, without those to a restricted case this person may not see."""
    seen = _seen(by)
    found = _standing(case).filter(Q(case=case.pk, other__in=seen) | Q(other=case.pk, case__in=seen))
    ends = found.select_related("case__team", "other__team").defer("case__search", "other__search")
    return [
        Linked(link, link.other if link.case_id == case.pk else link.case)
        for link in ends.order_by("-made_at", "-id")
    ]


def same_matter(case: Case, *, by: Actor) -> set[int]:
    """This case and those linked to it about the same problem: a counter-allegation is another one."""
    linked = links_of(case, by=by)
    return {case.pk} | {one.other.pk for one in linked if one.link.kind != LinkKind.COUNTER_ALLEGATION}


def same_matter_known_to_all(case: Case) -> set[int]:
    """As ``same_matter``, where nobody reads it: a restricted case is never counted on another one's clock."""
    found = _standing(case).exclude(kind=LinkKind.COUNTER_ALLEGATION)
    ends = {end for pair in found.values_list("case_id", "other_id") for end in pair} - {case.pk}
    return {case.pk, *Case.objects.filter(pk__in=ends, restricted=False).values_list("pk", flat=True)}


def rearrangements_of(case: Case, *, by: Actor) -> list[Rearrangement]:
    """What was merged into or split from this case, newest first, where the reader may see both cases."""
    seen = _seen(by)
    found = Rearrangement.objects.filter(
        Q(source=case.pk, target__in=seen) | Q(target=case.pk, source__in=seen)
    )
    return list(found.select_related("source", "target").order_by("-at", "-id"))


def suggested_kind(case: Case, other: Case) -> LinkKind:
    """Counter-allegation where somebody who complains in one is complained about in the other."""
    mine, theirs = names(case), names(other)
    if mine[0] & theirs[1] or theirs[0] & mine[1]:
        return LinkKind.COUNTER_ALLEGATION
    if other.status == CaseState.CLOSED:
        return LinkKind.REPORTED_AGAIN
    return LinkKind.RELATED


def names(case: Case) -> tuple[set[str], set[str]]:
    """The names of those who complain, and of those complained about, as they are compared."""
    parties = known_on(case, Party.objects.filter(case=case).select_related("person"))
    complaining, complained_about = set[str](), set[str]()
    for party in parties:
        into = complained_about if party.role == PartyRole.RESPONDENT else complaining
        into.add(name_key(party.person.name))
    return complaining, complained_about


def marks(case: Case) -> set[str]:
    """Names and homes of those complained about, as they are compared; empty where nobody is known."""
    told = known_on(case, case.parties.filter(role=PartyRole.RESPONDENT).select_related("person"))
    pairs = [("name", party.person.name) for party in told] + [
        ("home", party.person.address) for party in told
    ]
    return {f"{what} {name_key(words)}" for what, words in pairs if words.strip()}


def closed_before(case: Case) -> Case | None:
    """The case closed last, within a year, in which one of these complainants complained about the same household."""
    people = case.parties.filter(role=PartyRole.COMPLAINANT).values("person")
    since = clock.now() - CLOSED_WITHIN
    theirs = Case.objects.filter(parties__person__in=people, parties__role=PartyRole.COMPLAINANT)
    closed = theirs.filter(status=CaseState.CLOSED, closed_at__gte=since).distinct().order_by("-closed_at")
    found = list(closed.defer("search", "reasons", "prompts"))
    known = marks(case) if found else set()
    return next((one for one in found if known & marks(one)), None)


def _standing(case: Case) -> QuerySet[CaseLink]:
    return CaseLink.objects.filter(Q(case=case.pk) | Q(other=case.pk), ended_at__isnull=True)


def _seen(by: Actor) -> QuerySet[Case]:
    return visible_to(by, Case.objects.all()).values("pk")  # type: ignore[return-value]
