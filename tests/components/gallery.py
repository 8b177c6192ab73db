"""The two gallery pages, with every component in every state."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from django.template.loader import render_to_string

from asbcases.components.signs import STATES
from cases.gates.engine import Looked, Reason
from tests.components.gallery_forms import FilterForm, PublicForm, RecordForm, ReportForm

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Landlord:
    key: str
    name: str
    brand_colour: str
    phone: str = "020 7946 0123"
    opening_hours: str = "Monday to Friday, 8am to 6pm"


@dataclass(frozen=True)
class Person:
    name: str
    role_label: str


PLACES_FOR_PEOPLE = Landlord("places-for-people", "Places for People", "#00635d")
VIVID = replace(PLACES_FOR_PEOPLE, key="vivid", name="VIVID", brand_colour="#6b2c91")


LOOKED = Looked(
    unmet=[
        Reason("Not every action on the plan is finished", False, "Door viewer and chain", clause="8.1"),
        Reason("Say that the matter is resolved", False, page="#id_summary", clause="Policy 30"),
        Reason("Nobody under 18 is shown to the other side", False, ours=True),
    ],
    reminders=[
        Reason(
            "Every complainant was assessed in the last 28 days",
            False,
            "Idris Vaughan-Pemberton-Okonkwo",
            interpretation=True,
            why="The policy does not say how many days. We choose what is quickest.",
        )
    ],
    met=[
        Reason("Everybody was told", True, "Marguerite Okonkwo-Featherstonehaugh", clause="8.3"),
        Reason("A manager has advised", True, clause="8.2", waived=True),
    ],
)


def desk_context() -> dict[str, Any]:
    return _kept("gallery_desk.yaml") | {
        "landlord": PLACES_FOR_PEOPLE,
        "me": Person("Sunita Rao-Bellingham", "Officer"),
        "may_search": True,
        "csrf_token": "token",
        "desk_form": RecordForm({"with_person": "1", "how": "call"}),
        "report_form": ReportForm(initial={"danger": "no", "hate": "unknown", "behaviours": ["noise"]}),
        "filter_form": FilterForm(),
        "pair_form": FilterForm(prefix="pair"),
        "state_kinds": list(STATES),
        "due": datetime(2027, 1, 5, 23, 59, 59, tzinfo=UTC),
        "looked": LOOKED,
        "noon": datetime(2027, 1, 5, 12, 0, tzinfo=UTC),
    }


def public_context() -> dict[str, Any]:
    answers = {"behaviours": [], "when": "2027-01-02T23:00", "house": "9", "tenure": "tenant"}
    return _kept("gallery_public.yaml") | {
        "landlord": VIVID,
        "csrf_token": "token",
        "form": PublicForm(answers),
    }


def desk_gallery() -> str:
    return render_to_string("components/gallery.html", desk_context())


def public_gallery() -> str:
    return render_to_string("components/gallery_public.html", public_context())


def _kept(name: str) -> dict[str, Any]:
    kept: dict[str, Any] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return kept
