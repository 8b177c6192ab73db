"""Who has the case."""

from asbcases.demo.file import File
from cases.models import Case
from cases.services.categorising import reassign
from landlords.models import Team


def give_out(file: File, case: Case, team: Team | None = None) -> None:
    """A manager gives the case to somebody of its team; restricted ones to a specialist."""
    able = file.office.caseworkers((team or case.team).pk, specialists=case.restricted)
    others = [one for one in able if one != file.holder] or able
    file.holder = file.rng.choice(others)
    reason = file.words("handed_over" if case.owner_id else "allocated")
    reassign(case, owner=file.holder, team=team, reason=reason, by=file.office.manager(file.rng))
