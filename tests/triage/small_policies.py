"""Small made-up policies: everything is level "low" of one team unless a test says otherwise."""

from typing import Any

from cases.schema import DeadlinesSection
from policies.schema import Core, Policy
from triage.facts import BEHAVIOURS
from triage.schema import TriageSection

CLAUSE = {"clause": "1", "clause_id": "SM-001"}
OURS = {"interpretation": True, "why": "the document does not say"}

CORE: dict[str, Any] = {
    "landlord": "small",
    "organisation": {
        "name": "Small Homes",
        "reference_prefix": "SM",
        "phone": "020 7946 0000",
        "opening_hours": "Monday to Friday, 9am to 5pm",
        "email": "hello@small.example",
    },
    "document": {"title": "Small policy"},
    "nation": "england_and_wales",
    "teams": {
        "serious": {"label": "Serious team", "officer": "serious officer", **CLAUSE},
        "everyday": {"label": "Everyday team", "officer": "housing officer", **CLAUSE},
        "special": {"label": "Special team", "officer": "special officer", **CLAUSE},
    },
    "levels": [
        {"key": "top", "label": "Level Top", "team": "serious", **CLAUSE},
        {"key": "low", "label": "Level Low", "team": "everyday", **CLAUSE},
    ],
}
PROTECTIONS: list[dict[str, Any]] = [
    {
        "key": "hate", "text": "hate", "level": "top", "protects": True,
        "when": {"hate_perceived": True}, **CLAUSE,
    },
    {
        "key": "domestic_abuse", "text": "domestic abuse", "level": "top", "protects": True,
        "when": {"behaviours": ["domestic_abuse"]}, **CLAUSE,
    },
    {
        "key": "danger", "text": "danger", "level": "top", "protects": True,
        "when": {"immediate_danger": True}, **CLAUSE,
    },
]  # fmt: skip
ROUTES: dict[str, dict[str, Any]] = {
    "good_neighbourhood": {"team": "everyday", "text": "Good-neighbour advice", **CLAUSE},
    "refer": {"team": "special", "text": "Refer on", "signpost": ["the council", "the police"], **CLAUSE},
    "not_asb": {"team": "everyday", "text": "Explain why", **OURS},
    "out_of_scope": {"team": "everyday", "text": "Say who can help", **CLAUSE},
}
PROMPTS = [{"key": "danger_999", "text": "Call 999", "when": {"immediate_danger": True}, **CLAUSE}]
DEADLINES: list[dict[str, Any]] = [
    {
        "kind": "initial_contact", "label": "Make first contact", "due": "end_of_next_working_day",
        "met_by": "successful_contact", "levels": ["top"], **CLAUSE,
    },
    {
        "kind": "initial_contact", "label": "Make first contact", "due": "within_working_days:5",
        "met_by": "successful_contact", "levels": ["low"], **CLAUSE,
    },
]  # fmt: skip


def behaviour(words: str, *outcomes: dict[str, Any]) -> dict[str, Any]:
    return {"words": words, "outcomes": [outcome_of(outcome) for outcome in outcomes]}


def outcome_of(data: dict[str, Any]) -> dict[str, Any]:
    return {**({} if {"clause", "interpretation"} & set(data) else CLAUSE), **data}


def asb(level: str, **more: Any) -> dict[str, Any]:
    return {"route": "asb", "level": level, **more}


def triage_data(**changes: Any) -> dict[str, Any]:
    """``behaviours`` given replace single ones; other keys replace the whole part."""
    changes = dict(changes)
    mapped = {key: behaviour(key.replace("_", " "), asb("low")) for key in BEHAVIOURS}
    for key in ("hate_incident", "domestic_abuse"):
        mapped[key] = behaviour(key.replace("_", " "), asb("top"))
    return {
        "behaviours": mapped | changes.pop("behaviours", {}),
        "unknown_behaviour": behaviour("behaviour not named", asb("low", **OURS)),
        "raises": PROTECTIONS,
        "routes": ROUTES,
        "prompts": PROMPTS,
        **changes,
    }


def policy_data(**changes: Any) -> dict[str, Any]:
    """A whole file: ``core`` changes its first part, ``deadlines`` its clocks, all else the triage rules."""
    changes = dict(changes)
    core, deadlines = changes.pop("core", {}), changes.pop("deadlines", DEADLINES)
    return {**CORE, **core, **triage_data(**changes), "deadlines": deadlines}


def small_policy(**changes: Any) -> Policy:
    data = policy_data(**changes)
    core = Core.model_validate({key: data[key] for key in Core.model_fields if key in data})
    triage = TriageSection.model_validate({k: data[k] for k in TriageSection.model_fields if k in data})
    deadlines = DeadlinesSection.model_validate({"deadlines": data["deadlines"]})
    return Policy(core, {Core: core, TriageSection: triage, DeadlinesSection: deadlines}, version=3)
