"""Who may open which case. Domestic abuse restricts a case from creation (decision 24)."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from cases.models import Case, CaseAccess
from landlords.permissions import Permission, Refused, can, check
from timeline.actors import Actor


def visible_to(by: Actor, cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases this person may see: every open one, and restricted ones they are named on or manage."""
    admitted = _admitted(by)
    return cases if admitted is None else cases.filter(Q(restricted=False) | admitted)


def hidden_from(by: Actor) -> QuerySet[Case]:
    """The others: restricted cases this person may not see. They are few, where the cases are many."""
    admitted = _admitted(by)
    return Case.objects.none() if admitted is None else Case.objects.filter(~admitted, restricted=True)


def hidden_among(restricted: set[int], *, by: Actor) -> set[int]:
    """Which of these restricted cases this person may not see. Asks nothing where there are none."""
    if not restricted:
        return restricted
    return restricted - set(
        visible_to(by, Case.objects.filter(pk__in=restricted)).values_list("pk", flat=True)
    )


def _admitted(by: Actor) -> Q | None:
    """Which restricted cases this person may see; None where they may see every one."""
    if not by.is_person:
        return None
    named = CaseAccess.objects.filter(case=OuterRef("pk"), membership=by.membership_id)
    admitted = Q(owner=by.membership_id) | Q(Exists(named))
    if can(by, Permission.SEE_EVERY_RESTRICTED_CASE):
        if by.team_id is None:
            return None
        admitted |= Q(team_id=by.team_id)
    return admitted


def check_can(permission: Permission, case: Case, *, by: Actor) -> None:
    """Raises Refused unless the actor may do this to this case, which must be open."""
    check(by, permission)
    if not case.is_open:
        raise Refused(_("This case is closed. Reopen it first."))
