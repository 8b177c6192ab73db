"""A landlord's own words: who may change them, what is published, what never changes again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from landlords.permissions import Refused, Role
from letters.composing.document import from_json
from letters.kinds import Audience
from letters.models import Letter, Wording
from letters.reading import read
from letters.services import begin_letter, make_letter
from letters.services import wording as services
from letters.services.wording import Changed, give_draft_up, publish_draft, save_draft, use_shipped
from letters.services.writing import writing_of
from letters.slots import Slot
from letters.wordings import words_for
from tests.factories.world import Side, World
from tests.letters.wording.words import ADDED, SLOT, changed, drafted, published
from timeline.models import Event
from timeline.scope import landlord_scope

KEY = "vivid"


def in_use(key: str = KEY) -> int:
    return words_for(key, SLOT.kind, SLOT.audience).version


def begun(side: Side) -> Letter:
    person = side.complainant.pk
    return begin_letter(
        side.case, kind="acknowledgement", audience="complainant", person_id=person, by=side.actor()
    )


def told(letter: Letter) -> bool:
    """Whether the letter as it stands says the added sentence."""
    return ADDED in [*read(letter, writing_of(letter)).document.texts()]


def versions() -> list[tuple[int, str, str]]:
    return list(SLOT.own.order_by("version").values_list("version", "status", "published_by"))


def test_a_draft_is_kept_and_letters_do_not_have_it(here: Side) -> None:
    letter = begun(here)
    before = Event.objects.count()
    draft = drafted(here)
    assert (draft.version, draft.status, draft.changed_by) == (1, "draft", "Administrator Larkspur")
    assert (in_use(), told(letter), Event.objects.count()) == (0, False, before)


def test_published_words_are_in_every_letter_that_is_not_made_yet(here: Side) -> None:
    early, sealed = begun(here), make_letter(begun(here), by=here.actor())
    one = published(here)
    assert (in_use(), told(early), told(begun(here))) == (1, True, True)
    sealed.refresh_from_db()
    assert sealed.document is not None
    assert (sealed.wording_version, ADDED in [*from_json(sealed.document).texts()]) == (0, False)
    assert make_letter(early, by=here.actor()).wording_version == 1
    event = Event.objects.filter(verb="wording_published").get()
    assert (event.subject_type, event.subject_id, event.case_id, event.actor_name) == (
        "wording",
        one.pk,
        None,
        "Administrator Larkspur",
    )
    assert event.payload == {"kind": "Acknowledgement", "to": "Complainant", "version": 1}


def test_the_next_version_takes_the_place_of_the_one_before(here: Side) -> None:
    published(here)
    published(here, added="Another sentence.")
    assert versions() == [
        (1, "retired", "Administrator Larkspur"),
        (2, "published", "Administrator Larkspur"),
    ]
    first = SLOT.own.get(version=1)
    assert (first.retired_by, first.retired_at is not None) == ("Administrator Larkspur", True)
    assert in_use() == 2


@pytest.mark.parametrize(
    "change", [{"body": "x"}, {"subject": "x"}, {"status": "draft"}, {"published_by": "x"}, {"version": 9}]
)
def test_published_words_never_change(here: Side, change: dict[str, Any]) -> None:
    one = published(here)
    with pytest.raises(ProgrammingError, match="kept as they are"), transaction.atomic():
        Wording.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(ProgrammingError, match="kept as they are"), transaction.atomic():
        Wording.objects.filter(pk=one.pk).delete()
    with pytest.raises(ProgrammingError, match="kept as they are"), transaction.atomic():
        Wording.objects.filter(pk=one.pk).update(status="retired", body="x")
    assert versions() == [(1, "published", "Administrator Larkspur")]


def test_words_are_published_by_somebody(here: Side) -> None:
    draft = drafted(here)
    with pytest.raises(IntegrityError, match="wording_published_by_somebody"), transaction.atomic():
        Wording.objects.filter(pk=draft.pk).update(status="published")


def test_a_draft_that_was_given_up_is_kept_and_another_can_be_begun(here: Side) -> None:
    drafted(here)
    given = give_draft_up(SLOT, seen=SLOT.stamp(), by=here.actor(Role.ADMINISTRATOR))
    with pytest.raises(ProgrammingError, match="kept as they are"), transaction.atomic():
        Wording.objects.filter(pk=given.pk).update(body="x")
    assert drafted(here).version == 2
    assert (versions()[0][:2], in_use()) == ((1, "given_up"), 0)
    assert Event.objects.latest("pk").verb == "wording_given_up"


def test_the_words_that_ship_can_be_used_again(here: Side) -> None:
    with pytest.raises(Refused, match="in use already"):
        use_shipped(SLOT, seen=SLOT.stamp(), by=here.actor(Role.ADMINISTRATOR))
    published(here)
    letter = begun(here)
    use_shipped(SLOT, seen=SLOT.stamp(), by=here.actor(Role.ADMINISTRATOR))
    assert (in_use(), told(letter), versions()[0][1]) == (0, False, "retired")
    assert Event.objects.latest("pk").verb == "wording_shipped_again"


@pytest.mark.parametrize("do", [publish_draft, give_draft_up])
def test_without_a_draft_there_is_nothing_to_do(here: Side, do: Callable[..., Wording]) -> None:
    with pytest.raises(Refused, match="no draft"):
        do(SLOT, seen=SLOT.stamp(), by=here.actor(Role.ADMINISTRATOR))
    assert versions() == []


def test_of_two_who_write_at_once_the_second_is_told_and_loses_nothing(here: Side) -> None:
    seen, by = SLOT.stamp(), here.actor(Role.ADMINISTRATOR)
    drafted(here)
    subject, body = changed(here, added="Other words.")
    for do, typed in (
        (save_draft, {"subject": subject, "body": body}),
        (publish_draft, {}),
        (give_draft_up, {}),
    ):
        with pytest.raises(Changed, match="Somebody else has changed"):
            do(SLOT, seen=seen, by=by, **typed)
    draft = SLOT.draft()
    assert draft is not None
    assert (ADDED in draft.body, "Other words." in draft.body, in_use()) == (True, False, 0)


def test_of_two_who_begin_at_once_one_is_told(here: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither sees the draft of the other, which the database does not take twice."""
    drafted(here)
    monkeypatch.setattr(services, "_held", lambda _slot, _seen: None)
    monkeypatch.setattr(Slot, "own", property(lambda _slot: Wording.objects.none()))
    with pytest.raises(Changed, match="at the same moment"):
        drafted(here, added="Other words.")
    monkeypatch.undo()
    assert versions() == [(1, "draft", "")]


def test_words_with_faults_are_kept_as_a_draft_and_not_published(here: Side) -> None:
    by = here.actor(Role.ADMINISTRATOR)
    save_draft(SLOT, subject="Hello", body="Dear [nmae]", seen=SLOT.stamp(), by=by)
    with pytest.raises(Refused) as refused:
        publish_draft(SLOT, seen=SLOT.stamp(), by=by)
    assert refused.value.reasons[0] == "Line 1: There is no value [nmae]. Did you mean [name]?"
    assert (versions(), in_use()) == ([(1, "draft", "")], 0)


def test_words_that_are_in_use_already_are_not_published(here: Side) -> None:
    words, by = SLOT.ships(KEY), here.actor(Role.ADMINISTRATOR)
    save_draft(SLOT, subject=words.subject, body=words.body, seen=SLOT.stamp(), by=by)
    with pytest.raises(Refused, match="nothing to publish"):
        publish_draft(SLOT, seen=SLOT.stamp(), by=by)
    assert versions() == [(1, "draft", "")]


@pytest.mark.parametrize(
    ("subject", "body", "why"),
    [
        ("", "Words", "Write the heading"),
        ("Heading", " \n\t ", "Write the words"),
        ("x" * 201, "Words", "200 characters"),
        ("Heading", "x" * 200_000, "20,000"),
        ("Heading", "Wor\0ds", "cannot be kept"),
    ],
)
def test_what_cannot_be_kept_is_refused(here: Side, subject: str, body: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        save_draft(SLOT, subject=subject, body=body, seen=SLOT.stamp(), by=here.actor(Role.ADMINISTRATOR))
    assert versions() == []


@pytest.mark.parametrize("role", [one for one in Role if one != Role.ADMINISTRATOR])
def test_nobody_else_changes_words(here: Side, role: Role) -> None:
    published(here)
    drafted(here, added="Another sentence.")
    before, by, seen = versions(), here.actor(role), SLOT.stamp()
    for do, typed in (
        (save_draft, {"subject": "x", "body": "x"}),
        (publish_draft, {}),
        (give_draft_up, {}),
        (use_shipped, {}),
    ):
        with pytest.raises(Refused, match="you cannot change the words of letters"):
            do(SLOT, seen=seen, by=by, **typed)
    assert (versions(), SLOT.stamp()) == (before, seen)


def test_another_landlord_keeps_its_own_words(world: World, here: Side) -> None:
    published(here)
    with landlord_scope(world.there.landlord.pk):
        assert (versions(), in_use("derby-homes")) == ([], 0)


HOSTILE = "{{ 7|add:7 }} {% debug %} <script>alert(1)</script> 🙂 שלום"


def test_whatever_is_typed_is_text(here: Side) -> None:
    published(here, added=HOSTILE)
    letter = make_letter(begun(here), by=here.actor())
    assert letter.document is not None
    assert HOSTILE in [*from_json(letter.document).texts()]


def test_a_value_that_looks_like_a_name_stays_text(here: Side) -> None:
    """What somebody typed is never looked at for names, whoever words the letter."""
    slot = Slot("appointment", Audience.RESPONDENT, False)
    published(here, slot=slot)
    person = here.case.parties.get(role="respondent").person
    letter = begin_letter(
        here.case, kind="appointment", audience="respondent", person_id=person.pk, by=here.actor()
    )
    letter.answers = {"when": "[officer]", "where": "[first_report]", "about": "{{ name }}"}
    document = read(letter, writing_of(letter)).document
    typed = [
        run.text
        for block in document.blocks
        for line in ([block.line] if hasattr(block, "line") else getattr(block, "lines", []))
        for run in line
        if run.placeholder in ("when", "where", "about")
    ]
    assert set(typed) == {"[officer]", "[first_report]", "{{ name }}"}
