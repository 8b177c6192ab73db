"""How cases end, and what brings one back."""

from asbcases.demo import contacts
from asbcases.demo.file import File
from asbcases.demo.office import ONE_DAY
from cases.choices import PartyRole
from cases.models import Case
from cases.services.closing import ClosingGround, close_case, reopen_case
from timeline import clock

GROUNDS = {
    ClosingGround.RESOLVED: 12,
    ClosingGround.NOTHING_MORE: 3,
    ClosingGround.AT_REQUEST: 2,
    ClosingGround.NO_CONTACT: 2,
    ClosingGround.NOT_OURS: 1,
}


def close(file: File, case: Case) -> None:
    contacts.answer_for_misses(file, case)
    (ground,) = file.rng.choices(list(GROUNDS), list(GROUNDS.values()))
    if file.has("reopened"):
        ground = ClosingGround.RESOLVED
        at = file.office.at_work(file.days_on(12, 20), file.rng)
        file.diary.put(at, lambda: reopen(file))
    close_case(case, ground=ground, reason=file.words("closings", ground.value), by=file.by)


def reopen(file: File) -> None:
    """Taken up again, and this time it lasts until today."""
    assert file.case_id is not None
    case = reopen_case(Case.objects.get(pk=file.case_id), reason=file.words("reopened"), by=file.by)
    for party in case.parties.filter(role=PartyRole.COMPLAINANT).order_by("id"):
        file.later(clock.now() + ONE_DAY / 48, contacts.speak, party.person_id)
