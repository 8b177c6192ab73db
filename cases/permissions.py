"""Who may open which case. Domestic abuse restricts a case from creation (decision 24)."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from cases.models import Case, CaseAccess
from landlords.permissions import Permission, Refused, can, check
from timeline.actors import Actor


def visible_to(by: Actor, cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases this person may see: every open one, and restricted ones they are named on or manage."""
    if not by.is_person:
        return cases
    named = CaseAccess.objects.filter(case=OuterRef("pk"), membership=by.membership_id)
    allowed = Q(restricted=False) | Q(owner=by.membership_id) | Q(Exists(named))
    if can(by, Permission.SEE_EVERY_RESTRICTED_CASE):
        if by.team_id is None:
            return cases
        allowed |= Q(team_id=by.team_id)
    return cases.filter(allowed)


def check_can(permission: Permission, case: Case, *, by: Actor) -> None:
    """Raises Refused unless the actor may do this to this case, which must be open."""
    check(by, permission)
    if not case.is_open:
        raise Refused(_("This case is closed. Reopen it first."))
