"""From a YAML file to a valid :class:`Policy`, or to every error in it at once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from policies.problems import Problem
from policies.rules import RuleError
from policies.schema import Core, Policy
from policies.sections import Section, policy_sections
from policies.working_time import BadTime


@dataclass(frozen=True)
class PolicyError:
    """One error of one file: where, what stood there, what was expected."""

    file: str
    path: str
    value: Any
    expected: str
    message: str

    def __str__(self) -> str:
        place = ": ".join(part for part in (self.file, self.path) if part)
        return f"{place}: {self.message} (found {self.value!r}; expected {self.expected})"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"value": self.value if _is_plain(self.value) else repr(self.value)}


class InvalidPolicy(Exception):
    """A policy file does not load; ``errors`` says everything that is wrong with it."""

    def __init__(self, errors: Iterable[PolicyError]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(map(str, self.errors)))


class _UniqueKeyLoader(yaml.SafeLoader):
    """YAML lets a later key silently win; a policy must not."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key!r} stands twice", problem_mark=node.start_mark
                )
        return super().construct_mapping(node, deep)


def read_policy(path: Path, version: int = 0) -> Policy:
    """Raises InvalidPolicy with every error found in the file."""
    return parse_policy(read_content(path), path.name, version)


def read_content(path: Path) -> Any:
    """The plain data of a file. Raises InvalidPolicy where it is not readable or not YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader)  # noqa: S506  (a SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidPolicy([unreadable(path, "a readable text file", error)]) from error
    except yaml.YAMLError as error:
        line = " ".join(str(error).split())
        raise InvalidPolicy([PolicyError(path.name, "", None, "valid YAML", line)]) from error


def unreadable(path: Path, expected: str, error: Exception) -> PolicyError:
    """Names the path as it was given: its last part may not say which file was meant."""
    message = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return PolicyError(str(path), "", None, expected, message)


def parse_policy(data: Any, file: str, version: int = 0) -> Policy:
    """Raises InvalidPolicy; checks each section on its own first, then those that hold against each other."""
    if not isinstance(data, dict):
        raise InvalidPolicy(
            [PolicyError(file, "", data, "a mapping of keys", "the file is empty or not a mapping")]
        )
    types: list[type[Section]] = [Core, *policy_sections.values()]
    errors = _unknown_keys(data, types, file)
    sections: dict[type[Section], Section] = {}
    for of in types:
        try:
            sections[of] = of.model_validate({key: data[key] for key in of.model_fields if key in data})
        except ValidationError as error:
            errors += errors_of(error, file)
    core = sections.get(Core)
    if not isinstance(core, Core):
        raise InvalidPolicy(errors)
    policy = Policy(core, sections, version)
    errors += [PolicyError(file, p.path, p.value, p.expected, p.message) for p in _problems(policy, types)]
    if errors:
        raise InvalidPolicy(errors)
    return policy


def _problems(policy: Policy, types: Iterable[type[Section]]) -> Iterator[Problem]:
    """Each section's check goes as far as it needs no section that has errors of its own."""
    broken = [of for of in types if of not in policy.sections]
    for section in policy.sections.values():
        try:
            yield from section.problems(policy)
        except KeyError as missing:
            if missing.args[0] not in broken:
                raise


def _unknown_keys(data: dict[Any, Any], types: list[type[Section]], file: str) -> list[PolicyError]:
    known = [key for of in types for key in of.model_fields]
    return [
        PolicyError(file, str(key), key, f"one of {', '.join(known)}", "this key is not part of a policy")
        for key in data
        if key not in known
    ]


def errors_of(error: ValidationError, file: str, under: Iterable[int | str] = ()) -> list[PolicyError]:
    """Everything Pydantic found; ``under`` is where in the file the thing stands that it looked at."""
    found = [detail for detail in error.errors() if not _follows(detail)]
    return [_from_pydantic(file, {**detail, "loc": (*under, *detail["loc"])}) for detail in found]


def _follows(detail: Any) -> bool:
    """A list is called too short also where its items are there but wrong, which is told of each item."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _from_pydantic(file: str, detail: Any) -> PolicyError:
    value = None if detail["type"] == "missing" else detail["input"]
    return PolicyError(file, dotted(detail["loc"]), value, *_expected_and_message(detail))


def _expected_and_message(detail: Any) -> tuple[str, str]:
    context = detail.get("ctx") or {}
    cause = context.get("error")
    if isinstance(cause, RuleError | BadTime):
        return cause.expected, cause.why
    if detail["type"] == "extra_forbidden":
        return "no such key here", "this key is not known here"
    if detail["type"] == "literal_error":
        choices = re.findall(r"'([^']*)'", context["expected"])
        return f"one of {', '.join(choices)}", "this value is not known"
    message = detail["msg"].removeprefix("Value error, ")
    return str(context.get("expected") or message), message


def dotted(location: Iterable[int | str]) -> str:
    """('levels', 0, 'key') -> 'levels[0].key'."""
    text = ""
    for step in location:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.lstrip(".")


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | bool)
