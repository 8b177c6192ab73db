"""The published schema, and the answers that belong to no operation of it."""

import json

import pytest
from django.test import Client
from drf_spectacular.validation import validate_schema

from asbcases.api import intake
from tests.api.partners import REPORTS, PartnerSystem, errors_of, published
from tests.factories.world import World


def test_the_schema_is_valid_openapi_3_1(db: None) -> None:
    schema = published()
    assert schema["openapi"] == "3.1.1"
    validate_schema(schema)  # type: ignore[no-untyped-call]


def test_the_schema_is_public_and_lists_every_address(db: None) -> None:
    answer = Client().get("/api/v1/schema/", headers={"Accept": "text/html"})
    schema = json.loads(answer.content)
    operations = {path: sorted(found) for path, found in schema["paths"].items()}
    assert operations == {
        "/api/v1/reports/": ["post"],
        "/api/v1/reports/{reference}/": ["get"],
        "/api/v1/cases/{reference}/": ["get"],
    }
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert all("security" in found for path in schema["paths"].values() for found in path.values())


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nothing/", "/api/v1/reports", "/api/v1/cases/"])
def test_an_unknown_address_is_a_problem(db: None, path: str) -> None:
    assert errors_of(Client().get(path), 404) == [
        {"field": "", "message": "There is nothing at this address."}
    ]


@pytest.mark.parametrize(
    ("method", "path"),
    [("delete", REPORTS), ("options", REPORTS), ("get", REPORTS), ("put", f"{REPORTS}VV-00000-00000/")],
)
def test_another_method_is_a_problem(partner: PartnerSystem, method: str, path: str) -> None:
    headers = {"Authorization": f"Bearer {partner.token}"}
    answer = Client().generic(method.upper(), path, headers=headers)
    assert len(errors_of(answer, 405)) == 1


def test_no_token_is_a_problem(world: World) -> None:
    answer = Client().post(REPORTS, {}, content_type="application/json")
    assert len(errors_of(answer, 401)) == 1
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_our_own_fault_is_a_problem_without_details(
    partner: PartnerSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(intake, "take", fail)
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {partner.token}"})
    answer = client.post(REPORTS, {"behaviours": ["noise"]}, content_type="application/json")
    assert errors_of(answer, 500) == [
        {"field": "", "message": "Something went wrong here. Nothing was saved."}
    ]
