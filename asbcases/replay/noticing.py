"""Prompts that nobody's report raises: reports enough for a case review, and silence long enough to look at closing."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from cases.gates.closing import last_heard
from cases.models import Case
from cases.selectors.reviews import Reach, watch
from cases.services.closing import closing_rules
from cases.services.reviewing import KIND as CASE_REVIEW
from policies.sections import Sourced
from policies.selectors import policy_of
from policies.wording import MIDNIGHT
from policies.working_time import localise
from timeline import clock
from timeline.actors import system

REPLAY = system("Replay")


@dataclass(frozen=True)
class Noticed:
    """Something to do that came up at ``at``. ``what`` tells one such thing from another."""

    at: datetime.datetime
    case_id: int
    key: str
    text: str
    rule: Sourced
    what: tuple[int, str]


def enough_reports(case: Case) -> Iterator[Noticed]:
    """The thresholds of a case review that the reports on this case reach now, or may reach."""
    for standing in watch(case, policy_of(case.policy), by=REPLAY).standings:
        if standing.reach != Reach.NOT_SHOWN:
            rule = standing.threshold
            yield Noticed(clock.now(), case.pk, CASE_REVIEW, rule.text, rule, (case.pk, rule.key))


def silence(case: Case) -> Iterator[Noticed]:
    """The grounds that let a quiet case be tried for closing, from the first moment of the day they do."""
    grounds = [(ground, need) for ground in closing_rules(case).grounds for need in ground.needs]
    quiet = [(ground, need) for ground, need in grounds if need.need == "quiet"]
    if not quiet or not case.is_open:
        return
    heard = last_heard(case)
    for ground, need in quiet:
        day = heard + datetime.timedelta(days=need.days + 1)
        since = localise(day, MIDNIGHT)
        if since <= clock.now():
            what = (case.pk, f"{ground.key} {day}")
            yield Noticed(since, case.pk, ground.key, ground.label, need, what)
