"""Reading what is known about risk on a case, its own and that of the cases joined to it."""

from collections.abc import Iterable

from django.db.models import Case as Choose
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from cases.choices import PartyRole
from cases.confided import known_on
from cases.models import Case, Incident, Party
from cases.selectors.joined import with_joined
from riskmatrix.models import Assessment, Band, Consent
from timeline.prepared import prepared


def assessments_of(case: Case) -> QuerySet[Assessment]:
    """Newest first. Each knows ``newest_incident``: when the file last got something new."""
    return _newest_first(with_joined(case))


def bands_of(case: Case) -> list[Assessment]:
    """As ``assessments_of``, without the answers."""
    return _without_answers(tuple(with_joined(case)))


@prepared
def _without_answers(case_ids: tuple[int, ...]) -> QuerySet[Assessment]:
    return _newest_first(case_ids).defer("answers")


def _newest_first(case_ids: Iterable[int]) -> QuerySet[Assessment]:
    newest = Incident.objects.filter(case=OuterRef("case_id")).order_by("-recorded_at")
    known = Assessment.objects.annotate(newest_incident=Subquery(newest.values("recorded_at")[:1]))
    return known.filter(case__in=case_ids).order_by("-assessed_at", "-pk")


def by_person(assessments: Iterable[Assessment]) -> dict[int, list[Assessment]]:
    """Of each person, newest first as they came."""
    found: dict[int, list[Assessment]] = {}
    for one in assessments:
        found.setdefault(one.person_id, []).append(one)
    return found


def newest_assessments(case: Case) -> dict[int, Assessment]:
    """The newest assessment of each person who has one, by the person's id."""
    return {person_id: found[0] for person_id, found in by_person(assessments_of(case)).items()}


def newest_of(case: Case, person_id: int) -> Assessment | None:
    return assessments_of(case).filter(person_id=person_id).first()


def band_of(case: Case, person_id: int) -> str:
    """The confirmed band of a person, or nothing where they were not assessed."""
    newest = newest_of(case, person_id)
    return newest.confirmed_band if newest else ""


def highest_band(case: str) -> Coalesce:
    """For a list whose rows name their case in this column: the highest of the bands that stand on it, or ""."""
    within = OuterRef(OuterRef(OuterRef(case)))
    cases = Case.objects.filter(Q(pk=within) | Q(joined_to=within)).order_by()
    assessed = Assessment.objects.filter(case__in=cases.values("pk"))
    newest = assessed.order_by("person", "-assessed_at", "-pk").distinct("person")
    rank = Choose(*(When(confirmed_band=band, then=Value(place)) for place, band in enumerate(Band.values)))
    standing = Assessment.objects.filter(pk__in=newest.values("pk")).order_by(rank.desc())
    return Coalesce(Subquery(standing.values("confirmed_band")[:1]), Value(""), output_field=CharField())


def complainants_of(case: Case) -> list[Party]:
    found = case.parties.filter(role=PartyRole.COMPLAINANT).select_related("person")
    return known_on(case, found.order_by("since", "pk"))


def is_outdated(assessment: Assessment) -> bool:
    """Something has come onto the file since. ``assessment`` is one of ``assessments_of``."""
    newest = assessment.newest_incident  # type: ignore[attr-defined]
    return bool(newest and newest > assessment.assessed_at)


def consents_of(case: Case) -> dict[int, list[Consent]]:
    """The newest answer for each agency, by person; agencies in the order of their names."""
    newest: dict[tuple[int, str], Consent] = {}
    for consent in Consent.objects.filter(case__in=with_joined(case)).order_by("given_at", "pk"):
        newest[consent.person_id, consent.agency] = consent
    found: dict[int, list[Consent]] = {}
    for (person_id, _agency), consent in sorted(newest.items()):
        found.setdefault(person_id, []).append(consent)
    return found
