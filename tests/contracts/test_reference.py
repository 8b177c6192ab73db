"""The generated pages are up to date and true, and the register fails where it is not."""

from collections.abc import Callable
from contextlib import nullcontext
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pydantic import ValidationError

from asbcases.reference import pages, register, rules, trace
from asbcases.reference.clauses import build as clauses_page
from asbcases.reference.lifecycle import build as lifecycle_page
from asbcases.reference.markdown import table
from asbcases.reference.register import Clause, clauses
from asbcases.reference.roles import build as roles_page
from asbcases.reference.rules import Rule, keeping
from asbcases.reference.trace import Trace, Traces, exists, problems, proofs_of, traces
from cases.lifecycle import MOVES, Move
from cases.models import Case, Rearrangement
from cases.services.closing import close_case, reopen_case
from cases.services.joining import join_cases
from cases.services.rearranging import merge_cases
from cases.services.undoing import undo
from cases.services.working import ContactDetails, record_contact
from landlords.permissions import MAY, Refused, Role
from tests.factories.world import NOON, Side, report
from timeline.actors import Actor

PD_001 = clauses()["PD-001"]


def a_closed_case(here: Side) -> Case:
    return close_case(here.case, ground="resolved", reason="It stopped", by=here.actor())


def a_newer_case(here: Side) -> Case:
    newer = report(here, "noise").case
    assert newer is not None
    return newer


def a_merged_case(here: Side) -> Case:
    newer = a_newer_case(here)
    merge_cases(newer, here.case, reason="The same matter", by=here.actor())
    return newer


def speak(case: Case, here: Side, by: Actor) -> None:
    details = ContactDetails(here.complainant.pk, "telephone", "spoke", NOON)
    record_contact(case, details, by=by)


MAKE_POSSIBLE: dict[str, Callable[[Side], Case]] = {
    "take_in_hand": lambda here: here.case,
    "close": lambda here: here.case,
    "reopen": a_closed_case,
    "join": a_newer_case,
    "part": a_merged_case,
}
MAKE: dict[str, Callable[[Case, Side, Actor], object]] = {
    "take_in_hand": speak,
    "close": lambda case, here, by: close_case(case, ground="resolved", reason="It stopped", by=by),
    "reopen": lambda case, here, by: reopen_case(case, reason="It began again", by=by),
    "join": lambda case, here, by: join_cases(case, here.case, reason="The same matter", by=by),
    "part": lambda case, here, by: undo(Rearrangement.objects.get(source=case), reason="Another man", by=by),
}
ROLE_WITHOUT_ANYTHING = Clause("XX-001", "plus-dane", "1", "x", "role", "yes", "y")


def run(*options: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("generate_reference", *options, stdout=out, stderr=err)
    except SystemExit as left:
        return int(str(left.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def said_of(monkeypatch: pytest.MonkeyPatch, clause: Clause, said: Trace | None) -> list[str]:
    """What is wrong with a register that holds this one clause, of which this is said."""
    known = Traces(
        policy_tests=traces().policy_tests, clauses={clause.id: said} if said else {"PD-001": Trace()}
    )
    monkeypatch.setattr(trace, "traces", lambda: known)
    monkeypatch.setattr(trace, "clauses", lambda: {"PD-001": PD_001, clause.id: clause})
    monkeypatch.setattr(trace, "named_ids", dict)
    return list(problems())


def test_the_generated_pages_are_up_to_date() -> None:
    assert run("--check") == (0, "", "")


def test_every_clause_says_what_keeps_it_and_which_test_proves_it() -> None:
    assert list(problems()) == []


def test_checking_writes_nothing_and_says_what_is_stale(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    built = pages.build()
    monkeypatch.setattr(pages, "build", lambda: {**built, "roles.md": "changed\n", "new.md": "new\n"})
    before = (pages.FOLDER / "roles.md").read_text(encoding="utf-8")
    assert run("--check") == (1, "docs/reference/new.md: stale\ndocs/reference/roles.md: stale\n", "")
    assert (pages.FOLDER / "roles.md").read_text(encoding="utf-8") == before
    assert (pages.FOLDER / "new.md").exists() is False


def test_writing_makes_changes_and_removes_pages(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("old")
    (tmp_path / "same.md").write_text("same")
    (tmp_path / "other.md").write_text("before")
    wanted = {"same.md": "same", "other.md": "after", "deep/new.md": "new"}
    assert pages.write(wanted, tmp_path) == ["deep/new.md", "old.md", "other.md"]
    found = {str(path.relative_to(tmp_path)): path.read_text() for path in tmp_path.rglob("*.md")}
    assert found == wanted
    assert pages.stale(wanted, tmp_path) == []


def test_an_untrue_register_fails_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace, "problems", lambda: iter(["PD-001: no test proves it"]))
    assert run("--check") == (1, "", "PD-001: no test proves it\n")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (None, ["XX-001 (role): nothing keeps it and nothing says why", "XX-001: no test proves it"]),
        (Trace(note="odd"), ["XX-001 (role): nothing keeps it and nothing says why", "XX-001: no test proves it"]),
        (Trace(not_kept="comes later", waits_for="letters"), []),
        (Trace(kept_by="x", tests=("tests/x.py::test_x",)), ["XX-001: there is no test tests/x.py::test_x"]),
        (Trace(kept_by="x", tests=("tests/contracts/test_reference.py::test_untrue",)),
         ["XX-001: there is no test tests/contracts/test_reference.py::test_untrue"]),
        (Trace(kept_by="x", tests=("tests/contracts/test_beat.py::test_an_entry_names_a_task_it_can_call",)), []),
    ],
)  # fmt: skip
def test_a_clause_needs_a_keeper_and_a_test_that_exists(
    monkeypatch: pytest.MonkeyPatch, said: Trace | None, wrong: list[str]
) -> None:
    found = said_of(monkeypatch, ROLE_WITHOUT_ANYTHING, said)
    assert [problem for problem in found if problem.startswith("XX-001")] == wrong


def test_a_clause_with_a_rule_cannot_be_called_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    found = said_of(monkeypatch, PD_001, Trace(not_kept="comes later", waits_for="letters"))
    assert found == ["PD-001: said not to be kept, but fixtures/policies/plus-dane.yaml has a rule for it"]


def test_a_clause_that_is_not_in_the_register_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace, "named_ids", lambda: {"ZZ-999": ()})
    assert list(problems())[-1:] == ["ZZ-999: no such clause in the register"]


@pytest.mark.parametrize(
    "said",
    [
        {"kept_by": "a page"},
        {"not_kept": "later", "waits_for": "letters", "kept_by": "a page", "tests": ["tests/x.py::test_x"]},
        {"not_kept": "later", "waits_for": "letters", "lacks": "some of it"},
        {"kept": "a page"},
    ],
)
def test_what_is_said_of_a_clause_cannot_contradict_itself(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Trace.model_validate(said)


@pytest.mark.parametrize(
    ("test", "there"),
    [
        ("tests/contracts/test_beat.py::test_an_entry_names_a_task_it_can_call", True),
        ("tests/contracts/test_beat.py::SCHEDULE", False),
        ("tests/contracts/test_beat.py", False),
        ("tests/contracts/test_nothing.py::test_x", False),
    ],
)
def test_a_test_is_there_when_its_file_has_the_function(test: str, there: bool) -> None:
    assert exists(test) is there


def test_naming_a_title_keeps_no_clause() -> None:
    assert [rule.path for rule in rules.named_ids()["PFP-068"]] == ["positions.hoc"]
    assert keeping("PFP-068") == []


def test_a_rule_is_found_by_its_clause() -> None:
    assert keeping("VV-027") == [
        Rule("vivid", "fixtures/policies/vivid.yaml", path) for path in ("deadlines[0]", "deadlines[2]")
    ]
    assert proofs_of(PD_001) == ["tests/golden/test_plus_dane.py::test_eligibility_table"]


def test_the_register_holds_every_clause_once() -> None:
    assert (len(clauses()), len([one for one in clauses().values() if one.is_enforceable])) == (608, 559)
    assert {one.enforceable for one in clauses().values()} == {"yes", "partly", "no"}


def test_an_id_that_stands_twice_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines = register.FILE.read_text(encoding="utf-8").splitlines()[:2]
    twice = tmp_path / "register.csv"
    twice.write_text("\n".join([*lines, lines[1]]), encoding="utf-8")
    monkeypatch.setattr(register, "FILE", twice)
    with pytest.raises(ValueError, match="stands twice"):
        clauses.__wrapped__()


def test_the_page_of_clauses_lists_what_is_not_kept_apart() -> None:
    text = clauses_page()
    apart, kept = text.split("## Not kept yet")[1].split("\n## ", 1)
    not_kept = [clause_id for clause_id, said in traces().clauses.items() if said.not_kept]
    assert [clause_id for clause_id in not_kept if f"| {clause_id}<br>" not in apart] == []
    assert [clause_id for clause_id in not_kept if f"| {clause_id}<br>" in kept] == []


def test_the_diagram_has_every_move() -> None:
    diagram = lifecycle_page().split("```")[1]
    edges = [line.strip() for line in diagram.splitlines() if "-->" in line]
    assert edges == [
        "[*] --> new",
        "new --> in_hand: take in hand",
        "new --> closed: close",
        "in_hand --> closed: close",
        "closed --> in_hand: reopen",
        "new --> joined: join",
        "in_hand --> joined: join",
        "joined --> in_hand: part",
    ]


def test_a_move_lists_those_who_may_make_it() -> None:
    (row,) = (line for line in lifecycle_page().splitlines() if line.startswith("| reopen |"))
    assert row == (
        "| reopen | `closed` | `in_hand` | taken up again, with a reason"
        " | Housing officer, Tenancy enforcement specialist, Manager |"
    )


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_the_services_agree_on_who_may_make_a_move(here: Side, move: Move, role: str) -> None:
    case = MAKE_POSSIBLE[move.name](here)
    may = bool(MAY[role] & set(move.permissions))
    with nullcontext() if may else pytest.raises(Refused):
        MAKE[move.name](case, here, here.actor(role))
    case = Case.objects.get(pk=case.pk)
    assert (case.status == move.target) is may


def test_the_roles_are_those_that_are_asked() -> None:
    lines = roles_page().splitlines()
    (row,) = (line for line in lines if line.startswith("| confirm that a promise was met in time |"))
    assert row == "| confirm that a promise was met in time | – | – | – | yes | – | – |"


def test_a_cell_cannot_break_its_table() -> None:
    assert table(["a"], [["x | y\nz"], [""]]) == "| a |\n| --- |\n| x \\| y<br>z |\n|   |"
