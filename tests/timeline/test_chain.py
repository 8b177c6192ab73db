"""The timeline is written once, and whoever changes it all the same is found out."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import LiteralString

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from cases.services.working import add_note
from landlords.permissions import Role
from tests.factories.policies import load
from tests.factories.world import MONDAY, NOON, Side, World, build_side
from timeline.actors import Actor, system
from timeline.chain import Head, first_break, head
from timeline.clock import clock_at
from timeline.models import Access, Event, EventText
from timeline.scope import landlord_scope
from timeline.services import record, record_access


@contextmanager
def inside(side: Side) -> Iterator[None]:
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        yield


@pytest.fixture
def committed(transactional_db: None) -> Side:
    """A landlord with events that other connections can see."""
    load("vivid")
    with clock_at(MONDAY):
        return build_side("vivid", "Larkspur")


def owner_connection() -> "psycopg.Connection[tuple[object, ...]]":
    owner = settings.OWNER_DATABASE
    return psycopg.connect(
        dbname=connection.settings_dict["NAME"],
        user=owner["USER"],
        password=owner["PASSWORD"],
        host=owner["HOST"],
        autocommit=True,
    )


def as_owner(*statements: LiteralString) -> None:
    """What somebody with the owner's password can do: the rules that stop the application bind nobody else."""
    with owner_connection() as wire:
        wire.execute("ALTER TABLE timeline_event DISABLE TRIGGER append_only")
        try:
            for statement in statements:
                wire.execute(statement)
        finally:
            wire.execute("ALTER TABLE timeline_event ENABLE TRIGGER append_only")


def test_what_was_written_fits_for_every_landlord(world: World) -> None:
    for side in (world.here, world.there):
        with inside(side):
            sequences = list(Event.objects.order_by("pk").values_list("sequence", flat=True))
        assert sequences == list(range(1, len(sequences) + 1))
        assert first_break(side.landlord.pk) is None


def test_each_event_carries_the_hash_of_the_one_before(here: Side) -> None:
    links = list(Event.objects.order_by("sequence").values_list("previous_hash", "hash"))
    hashes = [own for _before, own in links]
    assert [before for before, _own in links] == ["", *hashes[:-1]]
    assert len(set(hashes)) == len(hashes)


def test_a_landlord_without_events_has_no_head_and_no_break(here: Side) -> None:
    nobody = here.landlord.pk + 1_000
    assert (head(nobody), first_break(nobody)) == (None, None)


def test_the_head_is_the_newest_event(here: Side) -> None:
    event = record("note_added", by=system("Tests"), case_id=here.case.pk)
    kept = Event.objects.get(pk=event.pk)
    assert head(here.landlord.pk) == Head(kept.sequence, kept.hash)


def test_the_writer_cannot_choose_its_place_in_the_chain(here: Side) -> None:
    before = head(here.landlord.pk)
    assert before is not None
    forged = Event.objects.create(
        landlord=here.landlord, sequence=1, hash="0" * 64, previous_hash="0" * 64, subject_type="case",
        verb="note_added", actor_name="Nobody", occurred_at=NOON, recorded_at=NOON,
    )  # fmt: skip
    kept = Event.objects.get(pk=forged.pk)
    assert (kept.sequence, kept.previous_hash) == (before.sequence + 1, before.hash)
    assert first_break(here.landlord.pk) is None


@pytest.mark.parametrize("model", [Event, Access])
def test_the_application_can_neither_change_nor_delete(here: Side, model: type[Event] | type[Access]) -> None:
    record_access(here.case.pk, by=here.actor(), purpose="Tests")
    before = list(model.objects.order_by("pk").values())
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model.objects.update(case_id=None)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)
    assert list(model.objects.order_by("pk").values()) == before


def test_the_table_refuses_even_its_owner_while_its_rules_stand(committed: Side) -> None:
    refused: tuple[LiteralString, ...] = (
        "UPDATE timeline_event SET verb = 'x'",
        "DELETE FROM timeline_event",
    )
    for statement in refused:
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"), owner_connection() as wire:
            wire.execute(statement)
    assert first_break(committed.landlord.pk) is None


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ('UPDATE timeline_event SET payload = \'{"level": "Category A"}\' WHERE sequence = 3', 3),
        ("UPDATE timeline_event SET verb = 'note_added' WHERE sequence = 4", 4),
        ("UPDATE timeline_event SET actor_name = 'Somebody Else' WHERE sequence = 3", 3),
        (
            "UPDATE timeline_event SET occurred_at = occurred_at - interval '1 microsecond' WHERE sequence = 5",
            5,
        ),
        ("UPDATE timeline_event SET recorded_at = recorded_at + interval '1 day' WHERE sequence = 1", 1),
        ("UPDATE timeline_event SET case_id = coalesce(case_id, 0) + 1 WHERE sequence = 6", 6),
        ("DELETE FROM timeline_eventtext; DELETE FROM timeline_event WHERE sequence = 3", 4),
        ("DELETE FROM timeline_eventtext; DELETE FROM timeline_event WHERE sequence = 1", 2),
        (
            "UPDATE timeline_event e SET verb = 'x' WHERE sequence = 3;"
            " UPDATE timeline_event e SET hash = timeline_event_hash(e) WHERE sequence = 3",
            4,
        ),
    ],
)
def test_tampering_by_the_owner_is_found(committed: Side, statement: LiteralString, broken_at: int) -> None:
    as_owner(*statement.split(";"))
    assert first_break(committed.landlord.pk) == broken_at


def test_events_cut_off_the_end_show_against_a_head_noted_before(committed: Side) -> None:
    noted = head(committed.landlord.pk)
    as_owner(
        "DELETE FROM timeline_eventtext",
        "DELETE FROM timeline_event WHERE sequence = (SELECT max(sequence) FROM timeline_event)",
    )
    assert first_break(committed.landlord.pk) is None
    assert head(committed.landlord.pk) != noted


def test_erasing_personal_words_leaves_the_chain_whole(here: Side) -> None:
    add_note(here.case, text="She told us her son’s name", by=here.actor())
    words = EventText.objects.filter(event__verb="note_added")
    assert list(words.values_list("text", flat=True)) == ["She told us her son’s name"]
    words.delete()
    assert Event.objects.filter(verb="note_added").count() == 1
    assert first_break(here.landlord.pk) is None


def test_an_undeclared_verb_is_refused_and_nothing_is_kept(here: Side) -> None:
    before = head(here.landlord.pk)
    with pytest.raises(KeyError, match="gossiped"):
        record("gossiped", by=system("Tests"), case_id=here.case.pk, text="Something")
    assert head(here.landlord.pk) == before


def test_reading_a_restricted_case_is_noted_outside_the_chain(here: Side) -> None:
    before = head(here.landlord.pk)
    manager = here.actor(Role.MANAGER)
    record_access(here.restricted_case.pk, by=manager, purpose="Case file")
    noted = Access.objects.values_list("case_id", "user_id", "user_name", "purpose", "at")
    assert list(noted) == [(here.restricted_case.pk, manager.user_id, manager.name, "Case file", NOON)]
    assert head(here.landlord.pk) == before


@pytest.mark.parametrize("reader", [system("Clock")])
def test_only_a_person_reads_a_restricted_case(here: Side, reader: Actor) -> None:
    with pytest.raises(ValueError, match="only a person"):
        record_access(here.restricted_case.pk, by=reader, purpose="Case file")
    assert Access.objects.count() == 0


def test_the_command_prints_where_each_chain_ends(world: World) -> None:
    out = StringIO()
    call_command("verify_timeline", stdout=out)
    ends = {side.landlord.key: head(side.landlord.pk) for side in (world.there, world.here)}
    assert out.getvalue().splitlines() == [
        f"{key}: intact, ends at event {end.sequence}, {end.hash}" for key, end in ends.items() if end
    ]


def test_the_command_exits_with_2_where_a_chain_is_broken(committed: Side) -> None:
    as_owner("UPDATE timeline_event SET actor_name = 'Somebody Else' WHERE sequence = 3")
    with pytest.raises(CommandError, match=r"^vivid: broken at event 3$") as broken:
        call_command("verify_timeline", stdout=StringIO())
    assert broken.value.returncode == 2
