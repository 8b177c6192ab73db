"""Every verb a chronology may use, by its name."""

from asbcases.replay.verbs import approving, closing, evidence, helping, planning, reporting, risk, working
from asbcases.replay.verbs.base import Event

VERBS: dict[str, type[Event]] = {
    **reporting.VERBS,
    **working.VERBS,
    **risk.VERBS,
    **planning.VERBS,
    **evidence.VERBS,
    **helping.VERBS,
    **approving.VERBS,
    **closing.VERBS,
}
