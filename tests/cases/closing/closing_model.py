"""When three landlords let a case be closed, written down once more and simply, to hold the gates against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Details = Mapping[str, bool | str]


@dataclass(frozen=True)
class Talk:
    """A contact with one person; ``spoke`` or an attempt."""

    person: int
    day: date
    spoke: bool
    way: str
    closing: bool


@dataclass
class Known:
    """What is on the file. ``talks`` are those since the case was last taken up again."""

    people: int
    heard: datetime
    talks: list[Talk] = field(default_factory=list)
    asked_by: list[date] = field(default_factory=list)
    high_since: dict[int, datetime] = field(default_factory=dict)
    advised: list[datetime] = field(default_factory=list)
    unfinished: int = 0

    def told(self, person: int) -> bool:
        return any(one.spoke and one.closing for one in self.talks if one.person == person)

    def all_told(self) -> bool:
        return all(self.told(person) for person in range(self.people))

    def failed(self, person: int) -> list[Talk]:
        """Attempts since the person was last spoken to."""
        theirs = [one for one in self.talks if one.person == person]
        spoke = [number for number, one in enumerate(theirs) if one.spoke]
        return theirs[spoke[-1] + 1 :] if spoke else theirs

    def all_tried(self, times: int, *, ways: int = 1) -> bool:
        return all(self.tried(person, times, ways) for person in range(self.people))

    def tried(self, person: int, times: int, ways: int) -> bool:
        failed = self.failed(person)
        return len(failed) >= times and len({one.way for one in failed}) >= ways

    def reopened(self, at: datetime) -> None:
        self.talks.clear()
        self.heard = at


def places_for_people(known: Known, ground: str, details: Details, _today: date) -> bool:
    def reached(person: int) -> bool:
        return known.told(person) or len({one.day for one in known.failed(person)}) >= 3

    own = {"at_request": "complainant_asked", "resolved": "matter_resolved"}.get(ground)
    written = all(
        str(details.get(key, "")).strip() for key in ("understands", "action_taken", "assessed_again")
    )
    advised = details.get("matter_resolved") is True or bool(known.advised)
    high = [since for since in known.high_since.values() if not any(at >= since for at in known.advised)]
    return (
        all(reached(person) for person in range(known.people))
        and written
        and "matter_resolved" in details
        and advised
        and not high
        and not known.unfinished
        and (own is None or details.get(own) is True)
    )


def believe(known: Known, ground: str, details: Details, today: date) -> bool:
    if ground == "quiet":
        return known.all_tried(2, ways=2) and (today - known.heard.date()).days > 28
    agreed = {"resolved": "complainant_agrees", "everything_done": "everything_done"}[ground]
    reached = all(known.told(person) or known.tried(person, 2, 2) for person in range(known.people))
    return reached and details.get(agreed) is True


def derby_homes(known: Known, ground: str, details: Details, today: date) -> bool:
    discussed = (
        known.all_told()
        and details.get("reasons_explained") is True
        and details.get("everything_done") is True
    )
    wishes = details.get("complainant_agrees")
    own = {
        "insufficient_evidence": wishes is True or (wishes is False and discussed),
        "impact_reduced": wishes is True or (wishes is False and discussed),
        "resolved": wishes is True,
        "no_contact": known.all_tried(2),
        "no_response": any(by < today for by in known.asked_by),
        "everything_done": discussed,
    }
    tried = all(known.told(person) or known.failed(person) for person in range(known.people))
    return tried and own[ground]
