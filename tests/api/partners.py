"""Partner systems of the two landlords, and every answer held against the published schema."""

import json
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

import jsonschema  # type: ignore[import-untyped]
from django.db import transaction
from django.test import Client

from landlords.tokens import SCOPES, create_token
from tests.factories.world import Side
from timeline.actors import system
from timeline.scope import landlord_scope

REPORTS = "/api/v1/reports/"
JSON = "application/json"
PROBLEM = "application/problem+json"
CHECKER = jsonschema.FormatChecker()


@cache
def published() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(Client().get("/api/v1/schema/").content)
    return schema


def described(method: str, path: str, answer: Any) -> dict[str, Any]:
    """What the schema says of this answer. KeyError where it says nothing of it."""
    parts = path.split("?")[0].strip("/").split("/")
    template = f"/api/v1/{parts[2]}/" + ("{reference}/" if len(parts) > 3 else "")
    operation = published()["paths"][template][method]
    content: dict[str, Any] = operation["responses"][str(answer.status_code)]["content"]
    schema: dict[str, Any] = content[answer.headers["Content-Type"]]["schema"]
    return schema | {"components": published()["components"]}


@dataclass
class PartnerSystem:
    """Speaks to the API with one token. Each answer must be one the schema describes."""

    token: str

    def get(self, path: str) -> Any:
        return self._checked("get", path, self._ask("get", path))

    def post(self, body: Any, *, key: str = "", content_type: str = JSON) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        return self._checked("post", REPORTS, self._ask("post", REPORTS, body, headers, content_type))

    def sent(self, **body: Any) -> dict[str, Any]:
        """The answer to a report that is taken."""
        answer = self.post(body)
        assert answer.status_code == HTTPStatus.CREATED, answer.content
        taken: dict[str, Any] = json.loads(answer.content)
        return taken

    def _ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
        content_type: str = JSON,
    ) -> Any:
        told = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        if method == "get":
            return Client().get(path, headers=told)
        data = body if isinstance(body, str) else json.dumps(body)
        return Client().generic("POST", path, data, content_type, headers=told)

    def _checked(self, method: str, path: str, answer: Any) -> Any:
        schema = described(method, path, answer)
        jsonschema.validate(json.loads(answer.content), schema, format_checker=CHECKER)
        return answer


def errors_of(answer: Any, status: int) -> list[dict[str, str]]:
    """The errors of a refusal, which must be a problem of this status."""
    problem = json.loads(answer.content)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM), answer.content
    assert (problem["type"], problem["title"], problem["status"]) == (
        "about:blank",
        HTTPStatus(status).phrase,
        status,
    )
    errors: list[dict[str, str]] = problem["errors"]
    return errors


def token_for(side: Side, *scopes: str, name: str = "Harrow Council") -> str:
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        return create_token(name=name, scopes=list(scopes or SCOPES), by=system("Tests"))
