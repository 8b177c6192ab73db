"""``manage.py explain_triage``: what a landlord's policy makes of a report, and why. Needs no database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from cases.schema import DeadlineRule
from policies.calendars import OutsideCalendar
from policies.checking import POLICY_FILES, policy_paths
from policies.management.answering import ASKED, AnsweringCommand, BadInput, as_text
from policies.parsing import InvalidPolicy, PolicyError, read_policy
from policies.schema import Policy
from triage.asking import Asked
from triage.decisions import Decision
from triage.engine import decide
from triage.facts import BEHAVIOURS, FACT_NAMES, Facts
from triage.preview import Preview, preview_deadlines
from triage.telling import in_words

FIRST_VERSION = 1
"""Versions are numbered as they are loaded; a file read by itself counts as the first."""


class Command(AnsweringCommand):
    help = "Says what a landlord's policy makes of a report: route, level, team, reasons, deadlines, prompts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--landlord", default="", help="the landlord's key, such as vivid")
        parser.add_argument("--behaviour", action="append", default=[], help=", ".join(BEHAVIOURS))
        parser.add_argument("--received", default="", help="ISO; Europe/London unless it has an offset")
        parser.add_argument(
            "--fact",
            action="append",
            default=[],
            metavar="KEY=VALUE",
            help=f"{', '.join(FACT_NAMES)}; true|false|unknown, a list with commas",
        )
        parser.add_argument("--policy", type=Path, metavar="FILE", help="a policy file instead of our own")

    def answer(self, options: dict[str, Any]) -> str:
        asked = Asked()
        policy = _policy(options["landlord"], options["policy"], asked)
        facts = asked.read(options["received"], options["behaviour"], options["fact"])
        if policy is None or facts is None or asked.errors:
            raise BadInput(asked.errors)
        decision = decide(facts, policy)
        preview = _preview(decision, facts, policy, options["received"])
        if options["json"]:
            return as_text(answer_json(decision, preview))
        return in_words(decision, preview, policy)


def answer_json(decision: Decision, preview: Preview) -> dict[str, Any]:
    data = decision.as_json()
    prompts = data.pop("prompts")
    return {
        **data,
        "deadlines": [clock.as_json() for clock in preview.clocks],
        "prompts": prompts,
        "impossible": [_duty_json(rule) for rule in preview.impossible],
        "undated": [_duty_json(rule) for rule in preview.undated],
    }


def _duty_json(rule: DeadlineRule) -> dict[str, str | None]:
    return {
        "kind": rule.kind,
        "label": rule.label,
        "clause": rule.clause,
        "clause_id": rule.clause_id,
    }


def _policy(landlord: str, file: Path | None, asked: Asked) -> Policy | None:
    """None, with the error told to ``asked``, where there is no such policy or it does not load."""
    known = {path.stem: path for path in policy_paths(POLICY_FILES)}
    path = file or known.get(landlord)
    if path is None:
        asked.refuse("--landlord", landlord, f"one of {', '.join(known)}", "this landlord is not known")
        return None
    try:
        policy = read_policy(path, FIRST_VERSION)
    except InvalidPolicy as error:
        asked.errors += error.errors
        return None
    if landlord not in ("", policy.landlord):
        message = "the file is another landlord's policy"
        asked.refuse("--landlord", landlord, policy.landlord, message)
    return policy


def _preview(decision: Decision, facts: Facts, policy: Policy, received: str) -> Preview:
    """``received`` is the time as it was typed. Raises BadInput past the calendar's last year."""
    try:
        return preview_deadlines(decision, facts, policy)
    except OutsideCalendar as error:
        expected = f"a date from {error.calendar.first} to {error.calendar.horizon}"
        raise BadInput([PolicyError(ASKED, "--received", received, expected, str(error))]) from error
