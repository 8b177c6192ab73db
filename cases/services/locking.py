"""Taking hold of a case before anything is done to it."""

from cases.choices import DeadlineState
from cases.models import Case, Deadline
from cases.sweep import settle


def locked(case: Case, *, person_id: int | None = None) -> Case:
    """The case as it is now, locked until the transaction ends, with every miss on it found.

    ``person_id``: also on the other cases where this person is owed something. Nothing may be recorded before.
    """
    found = lock(case)
    settle({found.pk, *(_cases_owing(person_id) if person_id is not None else ())})
    return found


def _cases_owing(person_id: int) -> set[int]:
    running = Deadline.objects.filter(person_id=person_id, state=DeadlineState.RUNNING, case__isnull=False)
    return set(running.values_list("case_id", flat=True))


def lock(case: Case) -> Case:
    """The case as it is now, locked until the transaction ends."""
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("policy", "team", "owner__user")
        .defer("search", "policy__content")
        .get(pk=case.pk)
    )
