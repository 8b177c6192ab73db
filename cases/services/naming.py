"""Who may open a restricted case, beside whoever has it and the managers of its team (decision 24)."""

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Case
from cases.services.locking import locked
from cases.services.opening import give_access
from landlords.models import Membership
from landlords.permissions import Permission, Refused, check
from timeline.actors import Actor
from timeline.services import record


@transaction.atomic
def name_staff(case: Case, member: Membership, *, reason: str, by: Actor) -> None:
    """From now on this member of staff may open the case. Raises Refused where that changes nothing, or without why."""
    case = _restricted(case, reason, by)
    if not member.is_active:
        raise Refused(_("%(name)s no longer works here.") % {"name": member.user.name})
    if case.owner_id == member.pk or case.named_staff.filter(membership=member).exists():
        raise Refused(_("%(name)s may open this case already.") % {"name": member.user.name})
    give_access(case, member.pk)
    record("access_given", by=by, case_id=case.pk, payload={"name": member.user.name}, text=reason)


@transaction.atomic
def take_off(case: Case, member: Membership, *, reason: str, by: Actor) -> None:
    """This member of staff may no longer open the case. Raises Refused for whoever has the case, and without why."""
    case = _restricted(case, reason, by)
    if case.owner_id == member.pk:
        raise Refused(
            _("%(name)s has this case. Give it to somebody else first.") % {"name": member.user.name}
        )
    taken, _rows = case.named_staff.filter(membership=member).delete()
    if not taken:
        raise Refused(_("%(name)s is not named on this case.") % {"name": member.user.name})
    record("access_taken", by=by, case_id=case.pk, payload={"name": member.user.name}, text=reason)


def _restricted(case: Case, reason: str, by: Actor) -> Case:
    """Also a closed one: what it holds stays just as dangerous."""
    case = locked(case)
    check(by, Permission.NAME_STAFF)
    if not case.restricted:
        raise Refused(_("This case is not restricted: everybody who works on cases may open it."))
    if not reason.strip():
        raise Refused(_("Say why."))
    return case
