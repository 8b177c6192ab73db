"""The shipped policies, read once."""

from functools import cache
from pathlib import Path

import yaml

from policies.parsing import read_policy
from policies.services import PolicyFile, load_policies
from timeline.actors import system

FIXTURES = Path(__file__).parents[2] / "fixtures"


@cache
def policy_file(key: str) -> PolicyFile:
    path = next(FIXTURES.glob(f"*/{key}.yaml"))
    return PolicyFile(path.name, read_policy(path), yaml.safe_load(path.read_text(encoding="utf-8")))


def load(*keys: str) -> None:
    load_policies([policy_file(key) for key in keys], by=system("Tests"))
