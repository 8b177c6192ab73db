"""Answers to the scorecard, for tests."""

from collections.abc import Mapping
from typing import Any

from riskmatrix.engine import Answered, answers_from

LOWEST: dict[int, str | list[str]] = {
    1: "occasionally",
    2: "no",
    3: "no",
    4: "not_known",
    5: "none",
    6: "yes",
    7: ["none"],
    8: "no",
    9: "no",
    10: "not_at_all",
    11: ["neither"],
    12: "no",
    13: "close",
    14: ["nobody"],
}
"""Every question answered, and nothing scored."""
HIGHEST: dict[int, str | list[str]] = {
    1: "daily",
    2: "yes",
    3: "yes",
    4: "well",
    5: "now",
    6: "no",
    7: ["you", "family", "community"],
    8: "yes",
    9: "yes",
    10: "extremely",
    11: ["physical", "mental"],
    12: "yes",
    13: "alone",
    14: ["family", "community", "other"],
}
MEDIUM = {**LOWEST, 1: "daily", 5: "now", 7: ["you", "family"]}
"""18 points."""
HIGH = {**MEDIUM, 10: "extremely", 9: "yes"}
"""26 points."""


def answers(told: Mapping[int, str | list[str]]) -> dict[int, Answered]:
    return answers_from(told)


def typed(told: Mapping[int, str | list[str]], **more: Any) -> dict[str, Any]:
    """As the form sends it."""
    return {f"q{number}": value for number, value in told.items()} | more
