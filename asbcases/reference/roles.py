"""``docs/reference/roles.md``: what each role may do."""

from asbcases.reference.markdown import page, table, tick
from landlords.permissions import MAY, Permission, Role

INTRODUCTION = (
    "A person has one role at each landlord they work for. A page or action that a role may not use answers 403 with"
    " the reason; another landlord’s record, or a restricted case the person is not named on, answers 404. Job titles"
    " are not roles: they are positions of the landlord’s policy, and only gates name them."
)


def build() -> str:
    headings = ["may", *(str(Role(role).label) for role in MAY)]
    rows = [
        (str(permission.value), *(tick(permission in may) for may in MAY.values()))
        for permission in Permission
    ]
    return page("Roles and permissions", INTRODUCTION, table(headings, rows))
