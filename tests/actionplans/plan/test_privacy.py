"""A complainant's plan never reaches the other side: no page, no letter, no answer of the API reads it."""

import ast
from pathlib import Path

from django.test import Client

from landlords.permissions import Role
from tests.actionplans.plan.plans import agree, ours, respondent
from tests.cases.pages import address
from tests.factories.world import Side

ROOT = Path(__file__).resolve().parents[3]
APPS = (
    "asbcases",
    "reporting",
    "triage",
    "actionplans",
    "riskmatrix",
    "cases",
    "policies",
    "landlords",
    "timeline",
)
READERS = {"actionplans/apps.py", "actionplans/models/__init__.py", "asbcases/desk/policy_casework.py"}
"""Outside the plans themselves: what makes the app, and the policy page, which shows the rules of plans and no plan."""
WRITERS = ("asbcases/replay/", "asbcases/demo/")
"""They agree plans, as staff would, and show nothing to anybody."""


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
    return found


def reads_plans(path: Path) -> bool:
    plans = {
        "actionplans.plan",
        "actionplans.models.Plan",
        "actionplans.models.Action",
        "actionplans.models.plan",
    }
    return any(name in plans or name.startswith("actionplans.plan.") for name in imports_of(path))


def test_the_check_would_find_a_reader() -> None:
    assert reads_plans(ROOT / "actionplans" / "plan" / "views.py") is True


def test_no_other_part_of_the_product_reads_plans() -> None:
    outside = {
        path.relative_to(ROOT).as_posix()
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if path.parent != ROOT / "actionplans" / "plan"
        and "migrations" not in path.parts
        and reads_plans(path)
    }
    assert {name for name in outside - READERS if not name.startswith(WRITERS)} == set()


def test_no_other_template_draws_a_plan() -> None:
    own = ROOT / "templates" / "actionplans" / "plan"
    others = [path for path in (ROOT / "templates").rglob("*.html") if path.parent != own]
    assert [path.name for path in others if "actionplans/plan" in path.read_text(encoding="utf-8")] == []


def test_no_page_about_plans_opens_for_a_respondent(here: Side, client: Client) -> None:
    agree(here)
    here.sign_in(client)
    url = address("agree-plan", here, respondent(here).key)
    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]


def test_a_plan_with_whoever_became_a_respondent_is_not_shown(here: Side, client: Client) -> None:
    plan = agree(here, ours(here, "fit a door viewer"))
    here.case.parties.filter(person=here.complainant).update(role="respondent")
    here.sign_in(client)
    for name in ("case", "plan"):
        assert b"Fit a door viewer" not in client.get(address(name, here)).content
    urls = [address("send-plan", here, plan.key), address("finish-action", here, plan.actions.get().key)]
    assert [client.get(url).status_code for url in urls] == [404, 404]


def test_restricted_cases_keep_their_plans_to_themselves(here: Side, client: Client) -> None:
    here.sign_in(client, Role.OFFICER)
    urls = [f"/desk/cases/{here.restricted_case.reference}/plan/"]
    assert [client.get(url).status_code for url in urls] == [404]
