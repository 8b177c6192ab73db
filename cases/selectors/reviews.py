"""How often the same problem has been reported, and what of a case review's threshold that reaches.

What is counted is what we know of: reports to the police or the council are not here. So a count can reach a
threshold, but never rule it out.
"""

import calendar
import datetime
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.confided import known_on, people_on
from cases.models import Case, CaseReview, Person, Report
from cases.review_rules import CaseReviewSection, Threshold
from cases.selectors.links import same_matter
from cases.services.people import name_key
from policies.schema import Policy
from policies.working_time import LONDON
from timeline import clock
from timeline.actors import Actor

LONGEST = 6
"""Months that are counted where no threshold of the policy looks further back."""
Someone = tuple[str, ...]
"""What tells one person from another, as far as they were described."""


class Reach(StrEnum):
    REACHED = "reached"
    ASK = "ask"
    NOT_SHOWN = "not_shown"

    @property
    def words(self) -> str | Promise:
        return REACH_WORDS[self]


REACH_WORDS: dict[Reach, str | Promise] = {
    Reach.REACHED: _("Yes, on what we have counted"),
    Reach.ASK: _("Perhaps: somebody has to answer"),
    Reach.NOT_SHOWN: _("Not shown by our records alone"),
}


@dataclass(frozen=True)
class Reported:
    """One report as it counts: who is affected, who told us, when, and when it had happened.

    ``victim`` and ``teller`` tell people apart by what all their cases know; ``person`` is for their name.
    """

    victim: Someone
    teller: Someone
    person: Person | None
    received: datetime.date
    happened: datetime.date | None
    hate: bool

    @property
    def in_time(self) -> bool:
        """Told within one month of what happened: a qualifying complaint (2014 Act s.104(11))."""
        return self.happened is not None and self.received <= months_after(self.happened, 1)


@dataclass(frozen=True)
class Standing:
    """One threshold, what was found against what it needs, and whether that reaches it."""

    threshold: Threshold
    found: int
    undated: int
    reach: Reach


@dataclass(frozen=True)
class Counted:
    """``since``: the first day that counts. ``unnamed``: reports by nobody we could tell from anybody else."""

    since: datetime.date
    reports: int
    in_time: int
    undated: int
    hate: int
    people: int
    unnamed: int
    cases: int
    by_person: tuple[tuple[str, int], ...]
    standings: tuple[Standing, ...]

    def as_json(self) -> dict[str, Any]:
        """What is kept with an application: numbers and keys, no names."""
        numbers = ("reports", "in_time", "undated", "hate", "people", "unnamed", "cases")
        return {
            "since": self.since.isoformat(),
            **{name: getattr(self, name) for name in numbers},
            "thresholds": {one.threshold.key: [one.found, one.reach.value] for one in self.standings},
        }


def watch(case: Case, policy: Policy, *, by: Actor) -> Counted:
    """Reports of the last months on this case and on those linked to it that this person may see."""
    thresholds = policy.section(CaseReviewSection).case_review.thresholds
    return count(same_matter(case, by=by), thresholds, shown_on=case)


def count(
    cases: Collection[int], thresholds: Iterable[Threshold], *, shown_on: Case | None = None
) -> Counted:
    """One query, however many cases and reports there are. ``shown_on``: people are named as this case knows them."""
    thresholds = tuple(thresholds)
    months = max((one.months for one in thresholds), default=LONGEST)
    found = reported(cases, months=months)
    standings = tuple(_standing(one, found) for one in thresholds)
    if shown_on is not None:
        people_on(shown_on, [one.person for one in found if one.person])
    victims = {one.victim: one.person.name for one in found if one.person}
    times = Counter(one.victim for one in found if one.victim)
    return Counted(
        since=months_ago(months),
        reports=len(found),
        in_time=sum(one.in_time for one in found),
        undated=sum(one.happened is None for one in found),
        hate=sum(one.hate for one in found),
        people=len({one.teller for one in found if one.teller}),
        unnamed=sum(not one.teller for one in found),
        cases=len(cases),
        by_person=tuple((victims[who], number) for who, number in times.most_common()),
        standings=standings,
    )


def reported(cases: Collection[int], *, months: int = LONGEST) -> list[Reported]:
    """The reports on these cases in the last months, oldest first."""
    since = datetime.datetime.combine(months_ago(months), datetime.time(0, 0), tzinfo=LONDON)
    found = Report.objects.filter(incident__case__in=cases, received_at__gte=since)
    found = found.select_related("reporter", "complainant").order_by("received_at", "id")
    return [_reported(report) for report in found.defer("decision", "description")]


def who(person: Person | None) -> Someone:
    """Somebody told twice is one person where the name and a number, an address or an e-mail address are the same."""
    if person is None:
        return ()
    digits = "".join(letter for letter in person.phone if letter.isdigit())
    known = digits or person.email.casefold() or name_key(person.address)
    return (person.name_key, known) if known else (str(person.pk),)


def months_ago(months: int) -> datetime.date:
    """The same day so many months before today, in London; the last of a month that is shorter."""
    return months_after(clock.now().astimezone(LONDON).date(), -months)


def months_after(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def reviews_of(case: Case) -> list[CaseReview]:
    """The applications for a case review on this case, newest first."""
    return known_on(case, case.case_reviews.select_related("person").order_by("-applied_at", "-id"))


def _reported(report: Report) -> Reported:
    victim = report.complainant or report.reporter
    happened = report.occurred_at.astimezone(LONDON).date() if report.occurred_at else None
    return Reported(
        victim=who(victim),
        teller=who(report.reporter or report.complainant),
        person=victim,
        received=report.received_at.astimezone(LONDON).date(),
        happened=happened,
        hate=bool(report.facts.get("hate_perceived")) or "hate_incident" in report.behaviours,
    )


def _standing(threshold: Threshold, found: list[Reported]) -> Standing:
    since = months_ago(threshold.months)
    counted = [one for one in found if one.received >= since and (one.hate or not threshold.hate)]
    undated = 0
    if threshold.statutory:
        undated = sum(one.happened is None for one in counted)
        number = sum(one.in_time for one in counted)
    elif threshold.people:
        number = len({one.teller for one in counted if one.teller})
    else:
        number = max(Counter(one.victim for one in counted if one.victim).values(), default=0)
    return Standing(threshold, number, undated, _reach(threshold, number, undated))


def _reach(threshold: Threshold, number: int, undated: int) -> Reach:
    if number >= threshold.needed:
        return Reach.ASK if threshold.asks else Reach.REACHED
    return Reach.ASK if number + undated >= threshold.needed else Reach.NOT_SHOWN
