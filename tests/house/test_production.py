"""The settings, the image and the services of production."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from asbcases.checks import is_near
from asbcases.local import provision
from asbcases.local.commands import MIGRATE, PROCESSES
from tests.house.conftest import ROOT

PRODUCTION = {
    "DATABASE_URL": "postgresql://asb_app:x@db.example/asbcases",
    "SECRET_KEY": "only-for-this-test-" + "k3y" * 20,
    "ALLOWED_HOSTS": "asb.example.org",
    "LOCAL_MODE": "",
}


def _manage(env: dict[str, str], *argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *argv], cwd=ROOT, env=env, capture_output=True, text=True
    )


def test_djangos_own_deployment_check_finds_nothing(bare: dict[str, str]) -> None:
    done = _manage(bare | PRODUCTION, "check", "--deploy", "--tag", "security", "--fail-level", "WARNING")
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (1 silenced).\n"), (
        done.stderr
    )


def test_production_does_not_start_without_a_secret_key(bare: dict[str, str]) -> None:
    done = _manage(bare | PRODUCTION | {"SECRET_KEY": ""}, "check")
    assert done.returncode == 1
    assert "SECRET_KEY is not set" in done.stderr


def test_mail_does_not_go_to_a_server_outside_without_tls(bare: dict[str, str]) -> None:
    """Neither by a command nor by the processes, which make no system checks."""
    plain = bare | PRODUCTION | {"EMAIL_HOST": "smtp.mail.example", "EMAIL_USE_TLS": "0"}
    told = "Mail to smtp.mail.example would go without TLS"
    done = _manage(plain, "check")
    assert (done.returncode, told in done.stderr, "asbcases.E001" in done.stderr) == (1, True, True)
    started = "import django; django.setup(); from asbcases.checks import refuse_plain_mail as go; go()"
    for given, returned in ((plain, 1), (plain | {"EMAIL_USE_TLS": "1"}, 0)):
        process = subprocess.run(
            [sys.executable, "-c", started],
            cwd=ROOT,
            env=given | {"DJANGO_SETTINGS_MODULE": "asbcases.settings"},
            capture_output=True,
            text=True,
        )
        assert (process.returncode, told in process.stderr) == (returned, bool(returned))


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("[::1]", True),
        ("10.2.3.4", True),
        ("mail", True),
        ("smtp.mail.example", False),
        ("8.8.8.8", False),
        ("localhost.mail.example", False),
    ],
)
def test_only_this_machine_and_a_private_network_are_near(host: str, near: bool) -> None:
    assert is_near(host) is near


@pytest.mark.slow
def test_every_address_in_the_collected_files_leads_somewhere(bare: dict[str, str], tmp_path: Path) -> None:
    """Collecting gives each file a name by its content and fails on a style sheet that names a missing one."""
    done = _manage(bare | PRODUCTION | {"STATIC_ROOT": str(tmp_path)}, "collectstatic", "--no-input")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "staticfiles.json").exists()
    assert (tmp_path / "vendor" / "govuk-frontend.min.js").exists()


def test_the_browser_may_load_nothing_from_elsewhere_and_run_nothing_inline() -> None:
    from csp.middleware import CSPMiddleware

    answer = CSPMiddleware(lambda _: HttpResponse()).process_response(
        RequestFactory().get("/"), HttpResponse()
    )
    stated: str = answer["Content-Security-Policy"]
    policy = {
        name: allowed for name, _, allowed in (part.strip().partition(" ") for part in stated.split(";"))
    }
    ours = {"default-src", "script-src", "style-src", "img-src", "font-src", "connect-src", "form-action"}
    none = {"object-src", "base-uri", "frame-ancestors"}
    assert policy == dict.fromkeys(ours, "'self'") | dict.fromkeys(none, "'none'")


def test_tasks_survive_a_lost_worker_and_are_never_taken_up_twice() -> None:
    assert settings.CELERY_TASK_ACKS_LATE
    assert settings.CELERY_TASK_REJECT_ON_WORKER_LOST
    longest = settings.CELERY_TASK_TIME_LIMIT
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] > longest


def test_every_scheduled_task_exists() -> None:
    from asbcases.celery import app

    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled - set(app.tasks) == set()


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return found


def test_compose_has_the_services_and_no_others(compose: dict[str, Any]) -> None:
    assert sorted(compose["services"]) == ["beat", "migrate", "postgres", "valkey", "web", "worker"]


@pytest.mark.parametrize(("name", "command"), [*PROCESSES.items(), ("migrate", MIGRATE)])
def test_production_runs_what_make_run_runs(
    compose: dict[str, Any], name: str, command: tuple[str, ...]
) -> None:
    assert compose["services"][name]["command"] == ["python", *command]


@pytest.mark.parametrize("name", PROCESSES)
def test_only_migrating_knows_the_owners_password(compose: dict[str, Any], name: str) -> None:
    services = compose["services"]
    assert "DATABASE_ADMIN_URL" in services["migrate"]["environment"]
    assert not any("OWNER_PASSWORD" in str(value) for value in services[name]["environment"].values())
    assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_evidence_is_kept_where_those_who_need_it_find_it_and_a_new_container_too(
    compose: dict[str, Any],
) -> None:
    mounted = {name: service.get("volumes", []) for name, service in compose["services"].items()}
    place = "/var/lib/asbcases/evidence"
    assert [name for name, volumes in mounted.items() if f"evidence:{place}" in volumes] == ["web", "worker"]
    assert "evidence" in compose["volumes"]
    image = (ROOT / "Dockerfile").read_text()
    assert f"EVIDENCE_ROOT={place}" in image
    assert f"install --directory --owner asbcases --mode 0700 {place}" in image


def test_the_image_starts_the_web_server_by_default() -> None:
    last = (ROOT / "Dockerfile").read_text().splitlines()[-1]
    assert yaml.safe_load(last.removeprefix("CMD ")) == ["python", *PROCESSES["web"]]


def test_the_roles_are_made_alike_on_both_kinds_of_server() -> None:
    script = (ROOT / "deploy" / "roles.sh").read_text()
    for role, powers in (("owner", provision.OWNER_POWERS), ("app", provision.APPLICATION_POWERS)):
        made = [line for line in script.splitlines() if line.startswith(f"CREATE ROLE asb_{role} ")]
        assert [line.split(" ", 3)[3].split(" PASSWORD")[0] for line in made] == [powers]
    extensions = [
        line.split()[2].rstrip(";") for line in script.splitlines() if line.startswith("CREATE EXTENSION")
    ]
    assert extensions == list(provision.EXTENSIONS)


def test_continuous_integration_runs_the_one_target() -> None:
    script = (ROOT / ".ci" / "run").read_text().splitlines()
    assert script == ["#!/usr/bin/env bash", "set -euo pipefail", 'cd "$(dirname "$0")/.."', "make test"]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
