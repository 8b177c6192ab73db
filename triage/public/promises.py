"""What a landlord promises, for anybody to read: no grades, no field terms."""

import re
from dataclasses import dataclass, field

from cases.schema import DeadlineRule, DeadlinesSection
from policies.rules import DatelessRule, parse_rule
from policies.schema import Policy

_PLACE = re.compile(r"(?:[A-Z][a-z]+ )?[0-9]+(?:\.[0-9]+)*")


@dataclass
class Promised:
    """One promise; several ``times`` where it depends on how serious the report is.

    ``counted_by_us``: the policy does not say from when its time runs.
    """

    text: str
    times: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    counted_by_us: bool = False

    def add(self, rule: DeadlineRule) -> None:
        parsed = parse_rule(rule.due)
        _once(self.times, "" if isinstance(parsed, DatelessRule) else parsed.words())
        _once(self.places, place_of(rule.clause or ""))
        self.counted_by_us = self.counted_by_us or rule.start_why is not None


def promises_of(policy: Policy) -> list[Promised]:
    """In the order of the policy file; only what has public words and is the landlord's own promise."""
    found: dict[str, Promised] = {}
    for rule in policy.section(DeadlinesSection).deadlines:
        if rule.public and rule.basis == "promise":
            found.setdefault(rule.public, Promised(rule.public)).add(rule)
    return list(found.values())


def place_of(clause: str) -> str:
    """Where it stands in the printed policy, without the words of a grade: "4.3 Category A" is "4.3"."""
    found = _PLACE.match(clause)
    return found[0] if found else re.split(r"[,(]", clause)[0].strip()


def _once(words: list[str], word: str) -> None:
    if word and word not in words:
        words.append(word)
