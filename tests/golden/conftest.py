"""What the printed policies are held against: the real files, asked through the real engine."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from policies.parsing import read_policy
from policies.schema import Policy
from triage.decisions import Decision
from triage.engine import decide
from triage.facts import Facts
from triage.preview import Preview, preview_deadlines

POLICIES = Path(__file__).parents[2] / "fixtures" / "policies"
LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=LONDON)
"""An ordinary Friday; the next five working days are 23 to 27 November."""
CHRISTMAS_EVE = datetime(2026, 12, 24, 14, 0, tzinfo=LONDON)
"""A Thursday; 25 December is a holiday, as are Monday 28 December (Boxing Day) and 1 January."""

Decide = Callable[..., Decision]
Previewing = Callable[..., Preview]


@cache
def policy_of(landlord: str) -> Policy:
    return read_policy(POLICIES / f"{landlord}.yaml")


def decide_for(landlord: str) -> Decide:
    """The landlord's answer for ``(*behaviours, received=…, **facts)``."""

    def decided(*behaviours: str, received: datetime = FRIDAY, **facts: Any) -> Decision:
        return decide(_facts(behaviours, received, facts), policy_of(landlord))

    return decided


def preview_for(landlord: str) -> Previewing:
    """The clocks that the landlord's answer for ``(*behaviours, received=…, **facts)`` starts."""

    def previewed(*behaviours: str, received: datetime = FRIDAY, **facts: Any) -> Preview:
        found = _facts(behaviours, received, facts)
        return preview_deadlines(decide(found, policy_of(landlord)), found, policy_of(landlord))

    return previewed


def outcome(decision: Decision) -> tuple[str, str | None, str, str | None, str | None, bool]:
    """Route, level and team, then where the deciding reason stands and whether it is our reading."""
    first = decision.reasons[0]
    return decision.route, decision.level, decision.team, first.clause, first.clause_id, first.interpretation


def dated(preview: Preview) -> list[tuple[str, str, str, str, str | None]]:
    """Kind, rule, last local day and basis of every clock, with its clause."""
    return [
        (
            clock.rule.kind,
            clock.rule.due,
            f"{clock.due.due_local:%Y-%m-%d %H:%M:%S}",
            clock.rule.basis,
            clock.rule.clause,
        )
        for clock in preview.clocks
    ]


def prompts(decision: Decision) -> list[str]:
    return [prompt.key for prompt in decision.prompts]


def _facts(behaviours: tuple[str, ...], received: datetime, facts: dict[str, Any]) -> Facts:
    return Facts(behaviours=behaviours, received_at=received, **facts)


@pytest.fixture(name="decide_for")
def _decide_for() -> Callable[[str], Decide]:
    return decide_for


@pytest.fixture(name="preview_for")
def _preview_for() -> Callable[[str], Previewing]:
    return preview_for
