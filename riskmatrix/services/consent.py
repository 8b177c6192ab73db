"""What a person agrees may be told to an agency. A later answer never erases an earlier one."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Case
from cases.permissions import check_can
from cases.services.locking import locked
from landlords.permissions import Permission, Refused, check
from riskmatrix.models import Consent
from riskmatrix.selectors import complainants_of
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

LONGEST_AGENCY = 100


@transaction.atomic
def record_consent(case: Case, *, person_id: int, agency: str, agreed: bool, by: Actor) -> Consent:
    """Keep a complainant's yes or no for one agency. Raises Refused for somebody else, or without an agency."""
    case = locked(case)
    check_can(Permission.ASSESS_RISK, case, by=by)
    _check(case, person_id, agency)
    return _keep(case, person_id, agency, agreed, by)


def keep_consents(case: Case, person_id: int, consents: Mapping[str, bool], by: Actor) -> None:
    """Those given in the course of an assessment, inside its transaction."""
    for agency, agreed in consents.items():
        _check(case, person_id, agency)
        _keep(case, person_id, agency, agreed, by)


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: Actor) -> Consent:
    """They no longer agree. Always possible, on a closed case too: it is theirs to take back."""
    case = locked(consent.case)
    check(by, Permission.ASSESS_RISK)
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if not consent.agreed or consent.withdrawn_at is not None:
        raise Refused(_("There is no agreement to take back."))
    consent.withdrawn_at, consent.withdrawn_by = clock.now(), by.name
    consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record("consent_withdrawn", case, consent, by)
    return consent


def _check(case: Case, person_id: int, agency: str) -> None:
    if person_id not in {party.person_id for party in complainants_of(case)}:
        raise Refused(_("Choose a complainant of this case."))
    if not agency.strip():
        raise Refused(_("Say which agency this is about."))
    if len(agency.strip()) > LONGEST_AGENCY:
        raise Refused(_("The name of the agency must be 100 characters or fewer."))


def _keep(case: Case, person_id: int, agency: str, agreed: bool, by: Actor) -> Consent:
    consent = Consent.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        person_id=person_id,
        agency=agency.strip(),
        agreed=agreed,
        given_at=clock.now(),
        recorded_by=by.name,
    )
    _record("consent_given" if agreed else "consent_refused", case, consent, by)
    return consent


def _record(verb: str, case: Case, consent: Consent, by: Actor) -> None:
    record(
        verb,
        by=by,
        case_id=case.pk,
        subject=("consent", consent.pk),
        payload={"person_id": consent.person_id, "agency": consent.agency},
    )
