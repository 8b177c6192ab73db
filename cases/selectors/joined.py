"""A case and those joined to it, read as one: what is written once stays where it was written, and counts here."""

from typing import Any

from cases.models import Case


def written(case: Case, kind: str) -> list[Any]:
    """Records of one kind (``approvals``, ``decisions``) of this case and of those joined to it, in no order.

    Each knows the ``case`` it was written on. For a case read by ``visible_case``, to which nothing is joined, nothing
    more is asked than its own. Undoing a merge takes the other's away again, because then nothing is joined.
    """
    found = list(getattr(case, kind).all())
    if _may_have_joined(case):
        for joined in case.case_set.all():
            found += getattr(joined, kind).all()
    return found


def with_joined(case: Case) -> list[int]:
    """Ids of this case and of those joined to it."""
    known: list[int] | None = getattr(case, "joined_ids", None)
    if known is None:
        known = list(Case.objects.filter(joined_to=case).values_list("pk", flat=True))
    return [case.pk, *known]


def _may_have_joined(case: Case) -> bool:
    """Unknown where the case was not read with ``joined_ids``."""
    return bool(getattr(case, "joined_ids", True))
