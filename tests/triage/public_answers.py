"""Filling in the public form as a browser would, one page after the other."""

from typing import Any

from django.test import Client

Step = dict[str, Any]

ANSWERS: dict[str, Step] = {
    "what": {"behaviours": ["noise", "verbal_abuse"]},
    "when": {
        "description": "Music so loud the cups move.\r\nMy little one will not sleep.",
        "occurred_words": "Most nights from 11pm",
        "last_on": "2026-11-14",
        "last_at": "23:00",
        "location": "14 Larkspur Court, ZZ4 7QT",
    },
    "who": {
        "respondent_name": "Dale Example",
        "respondent_address": "16 Larkspur Court",
        "respondent": "tenant",
    },
    "effect": {
        "immediate_danger": "no",
        "risk_of_personal_harm": "no",
        "hate_perceived": "unknown",
        "persistent_or_unreasonable": "yes",
        "clear_victim": "yes",
        "affects_wider_community": "unknown",
    },
    "you": {
        "name_given": "named",
        "on_behalf": "myself",
        "reporter": "tenant",
        "name": "Wren Example",
        "phone": "07700 900123",
        "safe_contact": "text",
        "safe_contact_note": "Weekdays from 12 noon to 2pm",
    },
}
ANONYMOUS: Step = {"name_given": "anonymous", "on_behalf": "myself", "reporter": "tenant"}


def address(step: str, landlord: str = "vivid") -> str:
    return f"/report/{landlord}/" if step == "what" else f"/report/{landlord}/{step}/"


def fill_in(client: Client, landlord: str = "vivid", **changed: Step) -> Any:
    """Every page, with the answers of some replaced; the response to the last one."""
    for step, answers in (ANSWERS | changed).items():
        response = client.post(address(step, landlord), answers)
        assert response.status_code == 302, response.content.decode()
    return response


def token(client: Client, landlord: str = "vivid") -> str:
    """What the button "Send my report" sends along."""
    kept: str = client.session[f"report:{landlord}"]["token"]
    return kept


def send(client: Client, landlord: str = "vivid") -> Any:
    return client.post(address("check", landlord), {"draft": token(client, landlord)}, follow=True)
