"""From a decision of triage to what a case file needs to know."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cases.clocks import Governing
from cases.services.opening import Standing
from landlords.permissions import Refused
from policies.schema import Policy
from triage.decisions import Decision
from triage.engine import judge
from triage.facts import Facts
from triage.rules import known
from triage.words import ROUTE_WORDS


def standing_of(decision: Decision) -> Standing:
    """The standing of a case that opens as triage decided."""
    data = decision.as_json()
    return Standing(
        route=decision.route,
        level=decision.level or "",
        level_label=decision.level_label or "",
        team=decision.team,
        reasons=data["reasons"],
        prompts=data["prompts"],
    )


def standing_on_route(
    decision: Decision, facts: Mapping[str, Any], policy: Policy, route: str, level: str | None
) -> Standing:
    """The standing of a case a person opens although triage proposed another way. Raises Refused on a bad level."""
    if route != "asb":
        return Standing(route, "", "", decision.team, *_opened_by_a_person(decision))
    key = level or _most_serious_level(Facts.model_validate(dict(facts)), policy)
    try:
        chosen = policy.level(key)
    except KeyError:
        raise Refused(_("Choose one of the levels of the policy.")) from None
    return Standing("asb", chosen.key, chosen.label, chosen.team, *_opened_by_a_person(decision))


def governing(decision: Decision, policy: Policy) -> Governing:
    """Which clocks run for a report that has no case yet."""
    return Governing(policy, decision.route, decision.level or "", decision.team)


def _opened_by_a_person(decision: Decision) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Reasons and prompts: a person's decision first, then what triage had found, less who was to handle it."""
    data = decision.as_json()
    opened = _("A person opened this case; triage had proposed: %(route)s.") % {
        "route": ROUTE_WORDS[decision.route]
    }
    first = {"text": opened, "clause": None, "clause_id": None, "interpretation": False}
    return [first, *data["reasons"][:-1]], data["prompts"]


def _most_serious_level(facts: Facts, policy: Policy) -> str:
    """The most serious level any rule gives these facts, scope aside; the least serious where none does."""
    verdict = judge(facts.behaviours, known(facts), policy)
    levels = [one.level for one in verdict.candidates if one.level is not None]
    return min(levels, key=policy.rank, default=policy.core.levels[-1].key)
