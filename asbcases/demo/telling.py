"""How a report comes in: what is said, by whom, and who takes it."""

import datetime
from typing import Any

from asbcases.demo import casting
from asbcases.demo.content import description, since
from asbcases.demo.file import File
from asbcases.demo.planning import AT_ANY_HOUR
from cases.services.people import Told
from timeline.actors import Actor, system
from triage.facts import Facts
from triage.services import Submission


def submission(file: File) -> Submission:
    """What the teller says, about the home of the respondent, with or without knowing exactly when."""
    facts, rng = file.plan.facts, file.rng
    exactly = file.chance(0.55)
    at_risk = "domestic_abuse" in file.plan.behaviours
    return Submission(
        Facts.model_validate({**facts, "received_at": file.plan.received_at}),
        description=description(rng, file.plan.behaviours[0]),
        occurred_at=file.plan.received_at - datetime.timedelta(hours=rng.randrange(1, 60))
        if exactly
        else None,
        occurred_words="" if exactly else since(rng),
        location=file.homes[0],
        reporter=_teller(file, facts, at_risk=at_risk),
        respondent=casting.complained_about(rng, facts["respondent"], file.homes[1]),
        late_entry_reason=file.words("late_entry") if file.has("entered_late") else "",
    )


def _teller(file: File, facts: dict[str, Any], *, at_risk: bool) -> Told:
    if facts.get("anonymous"):
        return Told()
    return casting.teller(file.office, file.rng, facts["reporter"], file.homes[0], at_risk=at_risk)


def taken_by(file: File) -> Actor:
    if file.plan.facts["channel"] in AT_ANY_HOUR and not file.has("entered_late"):
        return system("Public form")
    return file.office.adviser(file.rng)
