"""The fences between landlords, read from the database itself."""

import contextlib

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django_scopes.exceptions import ScopeError

from cases.models import Case, Note
from landlords.roles import refuse_unsafe_role, unsafe_powers
from tests.factories.world import World
from timeline import clock
from timeline.scope import LandlordManager, NoTransaction, landlord_scope

LANDLORD_MODELS = [
    model
    for model in apps.get_models()
    if any(field.attname == "landlord_id" for field in model._meta.fields)
]


def rows(sql: str, *parameters: str | list[str]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return list(cursor.fetchall())


def landlord_tables() -> list[str]:
    return [
        str(name)
        for (name,) in rows(
            "SELECT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'landlord_id' ORDER BY 1"
        )
    ]


@pytest.mark.django_db
def test_every_table_with_a_landlord_is_under_forced_row_security() -> None:
    tables = landlord_tables()
    assert sorted(model._meta.db_table for model in LANDLORD_MODELS) == tables
    unfenced = [
        name
        for (name,) in rows(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND NOT (relrowsecurity AND relforcerowsecurity)",
            tables,
        )
    ]
    assert unfenced == []
    policies = rows("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' ORDER BY 1, 2")
    assert policies == [(table, name) for table in tables for name in ("active_landlord", "owner_all")]


@pytest.mark.django_db
def test_a_row_can_only_point_at_rows_of_its_own_landlord() -> None:
    tables = landlord_tables()
    pointers = set()
    for model in LANDLORD_MODELS:
        for field in model._meta.fields:
            target = field.related_model
            if target in LANDLORD_MODELS:
                pointers.add((model._meta.db_table, field.column, target._meta.db_table))
    composite = set(
        rows(
            "SELECT c.conrelid::regclass::text, a.attname::text, c.confrelid::regclass::text FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2]"
            " WHERE c.contype = 'f' AND cardinality(c.conkey) = 2 AND c.conrelid::regclass::text = ANY(%s)",
            tables,
        )
    )
    assert pointers == composite


def test_every_model_of_a_landlord_is_read_through_its_manager() -> None:
    assert [
        model for model in LANDLORD_MODELS if not isinstance(model._meta.default_manager, LandlordManager)
    ] == []


@pytest.mark.django_db
def test_the_application_role_cannot_pass_the_fence() -> None:
    assert unsafe_powers() == []
    refuse_unsafe_role()


def test_without_a_landlord_no_query_is_made(world: World) -> None:
    with pytest.raises(ScopeError):
        Case.objects.count()
    assert rows("SELECT count(*) FROM cases_case") == [(0,)]


def test_raw_sql_sees_only_the_active_landlord(world: World) -> None:
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        assert {row[0] for row in rows("SELECT DISTINCT landlord_id FROM cases_case")} == {
            world.here.landlord.pk
        }
    assert rows("SELECT count(*) FROM cases_case") == [(0,)]


def test_an_inner_scope_gives_way_to_the_outer_one(world: World) -> None:
    here, there = world.here.landlord.pk, world.there.landlord.pk
    with transaction.atomic(), landlord_scope(here):
        with landlord_scope(there):
            assert {case.landlord_id for case in Case.objects.all()} == {there}
        assert {case.landlord_id for case in Case.objects.all()} == {here}
        assert {row[0] for row in rows("SELECT landlord_id FROM cases_case")} == {here}


def test_writing_for_another_landlord_is_refused(world: World) -> None:
    there = world.there
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Note.objects.create(
                landlord=there.landlord, case=there.case, text="x", written_at=clock.now(), written_by="x"
            )
        assert Note.objects.count() == 0


def test_pointing_at_another_landlords_row_is_refused(world: World) -> None:
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        with pytest.raises(IntegrityError, match="same_landlord"), transaction.atomic():
            _note_across(world)
        assert Note.objects.count() == 0


def _note_across(world: World) -> None:
    Note.objects.create(
        landlord=world.here.landlord, case=world.there.case, text="x", written_at=clock.now(), written_by="x"
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db(transaction=True)
def test_a_landlord_cannot_be_set_outside_a_transaction() -> None:
    with pytest.raises(NoTransaction), landlord_scope(1):
        pass


SET = "SELECT coalesce(current_setting('app.landlord', true), '')"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fails", [False, True])
def test_a_scope_to_the_end_goes_with_its_transaction(fails: bool) -> None:
    class Failed(Exception):
        pass

    with contextlib.suppress(Failed), transaction.atomic(), landlord_scope(7, to_the_end=True):
        assert rows(SET) == [("7",)]
        if fails:
            raise Failed
    assert rows(SET) == [("",)]


@pytest.mark.django_db(transaction=True)
def test_a_scope_to_the_end_gives_way_where_a_transaction_is_around() -> None:
    with transaction.atomic():
        with transaction.atomic(), landlord_scope(7, to_the_end=True):
            assert rows(SET) == [("7",)]
        assert rows(SET) == [("",)]


@pytest.mark.django_db
def test_the_definer_functions_are_few_and_known() -> None:
    found = rows(
        "SELECT p.proname::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE p.prosecdef AND n.nspname = 'public' ORDER BY 1"
    )
    assert [name for (name,) in found] == [
        "find_memberships",
        "find_report",
        "find_token",
        "landlords_with_batches_to_print",
        "landlords_with_clocks_due",
        "landlords_with_letters_to_send",
        "landlords_with_mail_to_send",
        "search_cases",
    ]
    settings = rows("SELECT DISTINCT proconfig::text FROM pg_proc WHERE prosecdef AND proname <> 'x'")
    assert settings == [('{"search_path=public, pg_temp"}',)]
