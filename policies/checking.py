"""Reads policy files and proves what must hold of them, before anything is loaded."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from policies.parsing import InvalidPolicy, PolicyError, parse_policy, read_content
from policies.proofs import policy_proofs
from policies.schema import Policy
from policies.services import PolicyFile

POLICY_FILES = Path(__file__).resolve().parent.parent / "fixtures" / "policies"


def check_files(paths: Iterable[Path]) -> list[PolicyFile]:
    """All files, and those of folders, read and proved. Raises InvalidPolicy with all errors of all files."""
    checked: list[PolicyFile] = []
    errors: list[PolicyError] = []
    for path in paths:
        try:
            checked += _check_path(path)
        except InvalidPolicy as error:
            errors += error.errors
    errors += _landlords_named_twice(checked)
    if errors:
        raise InvalidPolicy(errors)
    return checked


def policy_paths(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))


def _check_path(path: Path) -> list[PolicyFile]:
    if not path.is_dir():
        return [check_file(path)]
    found = policy_paths(path)
    if not found:
        message = "there is none in this folder"
        raise InvalidPolicy([PolicyError(str(path), "", None, "policy files (*.yaml)", message)])
    return check_files(found)


def check_file(path: Path) -> PolicyFile:
    """Raises InvalidPolicy with what is wrong in the file or, where nothing is, what is disproved of it."""
    content = read_content(path)
    policy = parse_policy(content, path.name)
    disproved = list(_disproved(policy, path.name))
    if disproved:
        raise InvalidPolicy(disproved)
    return PolicyFile(path.name, policy, content)


def _disproved(policy: Policy, file: str) -> Iterator[PolicyError]:
    for prove in policy_proofs.values():
        for problem in prove(policy):
            yield PolicyError(file, problem.path, problem.value, problem.expected, problem.message)


def _landlords_named_twice(files: list[PolicyFile]) -> Iterator[PolicyError]:
    first: dict[str, PolicyFile] = {}
    for file in files:
        landlord = file.policy.landlord
        other = first.setdefault(landlord, file)
        if other is not file:
            message = f"{other.name} is a policy of the same landlord"
            yield PolicyError(file.name, "landlord", landlord, "one file for each landlord", message)
