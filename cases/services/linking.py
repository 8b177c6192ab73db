"""Putting two cases beside each other, and apart again. Neither loses or gains a clock."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.models import Case, CaseLink
from cases.models.link import LinkKind
from cases.permissions import visible_to
from cases.selectors.links import closed_before
from cases.services.locking import lock
from cases.services.opening import governing_of
from cases.services.reviewing import prompt_everybody
from landlords.permissions import Permission, Refused, check
from timeline import clock
from timeline.actors import Actor
from timeline.services import record


@transaction.atomic
def link_cases(case: Case, other: Case, *, kind: str, reason: str, by: Actor) -> CaseLink:
    """Say that two cases have to do with each other; either may be closed. Both keep their own clocks and history.

    Raises Refused for the same case twice, a link that stands already, no reason, or a case this person may not see.
    """
    case, other = lock_both(case, other, by=by)
    check(by, Permission.REARRANGE_CASES)
    if kind not in LinkKind.values:
        raise Refused(_("Choose how the cases belong together."))
    if not reason.strip():
        raise Refused(_("Say why they belong together."))
    if between(case, other).filter(kind=kind).exists():
        raise Refused(_("These cases are linked in this way already."))
    return _link(case, other, LinkKind(kind), reason, by)


def _link(case: Case, other: Case, kind: LinkKind, reason: str, by: Actor) -> CaseLink:
    link = CaseLink.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        other=other,
        kind=kind,
        reason=reason,
        made_at=clock.now(),
        made_by=by.name,
    )
    for one in (case, other):
        prompt_everybody(one, governing_of(one))
    tell_both("case_linked", case, other, by=by, text=reason, kind=str(kind.label).lower())
    return link


def link_reported_again(case: Case, *, by: Actor) -> CaseLink | None:
    """A report after closure is a new case: where the same complainant had one closed about the same household, the
    new case is linked to it. In the caller's transaction, straight after the case has opened.
    """
    closed = closed_before(case)
    if closed is None:
        return None
    reason = _("Reported again after it was closed, by the same complainant about the same household")
    return _link(case, closed, LinkKind.REPORTED_AGAIN, reason, by)


@transaction.atomic
def unlink_cases(link: CaseLink, *, reason: str, by: Actor) -> CaseLink:
    """Take a link away again; that it stood stays on both histories. Raises Refused where it is gone already."""
    case, other = lock_both(link.case, link.other, by=by)
    check(by, Permission.REARRANGE_CASES)
    link = CaseLink.objects.select_for_update().get(pk=link.pk)
    if link.ended_at is not None:
        raise Refused(_("%(name)s has already taken this link away.") % {"name": link.ended_by})
    if not reason.strip():
        raise Refused(_("Say why they no longer belong together."))
    link.ended_at = clock.now()
    link.ended_by = by.name
    link.save(update_fields=["ended_at", "ended_by"])
    tell_both("case_unlinked", case, other, by=by, text=reason)
    return link


def lock_both(case: Case, other: Case, *, by: Actor) -> tuple[Case, Case]:
    """Both cases as they are now, locked the lower number first, so that two people never wait for each other.

    Raises Refused for one case given twice, or one this person may not see: the same as one that is not there.
    """
    if case.pk == other.pk:
        raise Refused(_("Choose another case than this one."))
    for one in (case, other):
        if not visible_to(by, Case.objects.filter(pk=one.pk)).exists():
            raise Refused(
                _("There is no case with the reference %(reference)s.") % {"reference": one.reference}
            )
    found = {one.pk: lock(one) for one in sorted((case, other), key=lambda one: one.pk)}
    return found[case.pk], found[other.pk]


def between(case: Case, other: Case) -> QuerySet[CaseLink]:
    """The links that stand between these two, whichever way round."""
    ends = Q(case=case, other=other) | Q(case=other, other=case)
    return CaseLink.objects.filter(ends, ended_at__isnull=True)


def tell_both(verb: str, case: Case, other: Case, *, by: Actor, text: str, **payload: str) -> None:
    """On the history of both. A restricted case is not named on another's, whose readers may not be its own.

    An unrestricted case is told nothing of a restricted one.
    """
    for one, beside in ((case, other), (other, case)):
        if beside.restricted and not one.restricted:
            continue
        named = _("a restricted case") if beside.restricted else beside.reference
        record(
            verb,
            by=by,
            case_id=one.pk,
            payload={"reference": named, **payload},
            text="" if beside.restricted else text,
        )
