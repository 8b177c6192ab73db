"""Receiving, matching, looking at and objecting to evidence: what is kept, what is told, what is refused."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from cases.evidence.storage import kept, place_of
from cases.models import Deadline, Evidence, EvidenceReview, Report
from cases.selectors.evidence import count_unmatched, match_by, policy_today
from cases.services import evidence as service
from cases.services.evidence import EvidenceDetails
from landlords.permissions import Refused, Role
from policies.working_time import LONDON
from tests.cases.evidence import files
from tests.factories.world import NOON, Side, World
from timeline.clock import clock_at
from timeline.models import Event
from timeline.scope import landlord_scope

DAY = datetime.timedelta(days=1)


def receive(
    here: Side, *uploads: Any, by: str = Role.OFFICER, unmatched: bool = False, **details: Any
) -> list[Evidence]:
    return service.receive_all(
        landlord_id=here.landlord.pk,
        case=None if unmatched else here.case,
        details=EvidenceDetails(**details),
        uploads=uploads,
        by=here.actor(by),
    )


def refusal(do: Callable[[], object]) -> list[str]:
    """The reasons, after making sure that nothing was written."""
    before = Evidence.objects.count(), EvidenceReview.objects.count(), Event.objects.count()
    with pytest.raises(Refused) as refused:
        do()
    assert (Evidence.objects.count(), EvidenceReview.objects.count(), Event.objects.count()) == before
    return refused.value.reasons


def test_a_recording_is_kept_as_it_came_with_its_fingerprint(
    here: Side, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    clocks, reports = Deadline.objects.count(), Report.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        [one] = receive(
            here, files.upload("Nacht ☾ 2.wav"), person_id=here.complainant.pk, told_of_court=True
        )
    assert (one.case_id, one.kind, one.title, one.file_name) == (
        here.case.pk, "recording", "Nacht ☾ 2", "Nacht ☾ 2.wav",
    )  # fmt: skip
    assert (one.content_type, one.size, one.sha256) == (
        "audio/wav",
        len(files.WAV),
        files.fingerprint(files.WAV),
    )
    assert (one.received_at, one.recorded_by, one.told_of_court) == (NOON, "Officer Larkspur", True)
    assert kept(one.original_path).read_bytes() == files.WAV
    assert one.copy_path == ""
    assert (Deadline.objects.count(), Report.objects.count()) == (clocks, reports)
    event = Event.objects.get(verb="evidence_received")
    assert event.payload["sha256"] == one.sha256
    assert "Nacht" not in str(event.payload)
    assert event.words.text == "Nacht ☾ 2"


def test_staff_see_a_copy_and_the_original_stays_byte_for_byte(
    here: Side, root: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    content = files.photo_with_place()
    with django_capture_on_commit_callbacks(execute=True):
        [one] = receive(here, files.upload("IMG_1.JPG", content))
    assert kept(one.original_path).read_bytes() == content
    assert b"Exif" not in kept(one.copy_path).read_bytes()
    assert files.everything_in(root) == [one.copy_path, one.original_path]


def test_several_at_once_share_what_is_said_and_are_numbered(here: Side) -> None:
    received = receive(
        here, files.upload(), files.upload("a.jpg", files.picture()), title="Sunday", from_words="By e-mail"
    )
    assert [(one.title, one.kind, one.from_words) for one in received] == [
        ("Sunday (1 of 2)", "recording", "By e-mail"),
        ("Sunday (2 of 2)", "photo", "By e-mail"),
    ]


def test_what_is_kept_elsewhere_needs_no_file(here: Side) -> None:
    [one] = receive(here, kind="recording", title="Sunday night", where_kept="In the Noise App")
    assert (one.sha256, one.original_path, one.where_kept) == ("", "", "In the Noise App")


def test_every_reason_is_told_and_nothing_is_kept(here: Side, root: Path) -> None:
    uploads = [
        files.upload("empty.wav", b""),
        files.upload("night.mp3", files.PDF),
        files.upload("good.wav"),
        files.upload("tool.exe", files.EXE),
        files.upload("torn.jpg", files.picture()[:200]),
    ]
    reasons = refusal(lambda: receive(here, *uploads, captured_at=NOON + DAY, person_id=999_999))
    assert reasons == [
        "It cannot have been made in the future.",
        "Choose somebody who is part of this case.",
        "“empty.wav” is empty. Ask for it again",
        "“night.mp3” is not what its name says: .mp3, but inside PDF document. Ask for the file as it was made",
        "“tool.exe” is a program. We do not take programs",
        "“torn.jpg” is damaged: it cannot be shown. Ask for it again",
    ]
    assert files.everything_in(root) == []


def test_too_many_and_too_large_are_counted_out(here: Side, root: Path, settings: Settings) -> None:
    settings.EVIDENCE_FILES_A_POST, settings.EVIDENCE_FILE_SIZE = 1, 1024
    large = files.upload("long.wav", files.WAV + b"\x80" * 2000)
    assert refusal(lambda: receive(here, large, files.upload())) == [
        "At most 1 files can be added at a time. You chose 2",
        "“long.wav” is 2\xa0KB. A file can be at most 1\xa0KB. Ask for a shorter one, or for it in parts",
    ]
    assert files.everything_in(root) == []


@pytest.mark.parametrize(
    ("details", "reasons"),
    [
        ({}, ["Choose a file, or say where it is kept.", "Say what it is.", "Choose what kind it is."]),
        ({"title": "x", "kind": "song", "where_kept": "here"}, ["Choose what kind it is from the list."]),
        (
            {"title": "x", "kind": "photo", "where_kept": "here", "incident_id": 99},
            ["Choose an incident of this case."],
        ),
    ],
)
def test_what_is_said_has_to_make_sense(here: Side, details: dict[str, Any], reasons: list[str]) -> None:
    assert refusal(lambda: receive(here, **details)) == reasons


def test_what_is_called_a_recording_can_be_listened_to(here: Side) -> None:
    reasons = refusal(lambda: receive(here, files.upload("a.jpg", files.picture()), kind="recording"))
    assert reasons == ["“a.jpg” (JPEG photo) cannot be filed as: Noise recording"]


def test_the_same_file_is_not_taken_twice(here: Side) -> None:
    receive(here, files.upload())
    assert refusal(lambda: receive(here, files.upload("other.wav"))) == [
        "“other.wav” is on this case already"
    ]
    receive(here, files.upload(), unmatched=True)
    assert refusal(lambda: receive(here, files.upload(), unmatched=True)) == ["“night.wav” is here already"]
    mp3 = files.MP3
    assert refusal(lambda: receive(here, files.upload("a.mp3", mp3), files.upload("b.mp3", mp3))) == [
        "You chose the same file twice."
    ]


def test_on_no_case_nobody_of_a_case_can_have_given_it(here: Side) -> None:
    reasons = refusal(lambda: receive(here, files.upload(), unmatched=True, person_id=here.complainant.pk))
    assert reasons == ["Choose somebody who is part of this case."]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_add_is_told(here: Side, role: str) -> None:
    [reason] = refusal(lambda: receive(here, files.upload(), by=role))
    assert "you cannot add evidence" in reason
    [reason] = refusal(lambda: receive(here, files.upload(), by=role, unmatched=True))
    assert "you cannot add evidence" in reason


def test_a_closed_case_takes_nothing(here: Side) -> None:
    [one] = receive(here, files.upload())
    here.case.refresh_from_db()
    type(here.case).objects.filter(pk=here.case.pk).update(status="closed")
    closed = ["This case is closed. Reopen it first."]
    assert refusal(lambda: receive(here, files.upload("b.mp3", files.MP3))) == closed
    assert refusal(lambda: service.review_evidence(one, finding="x", by=here.actor())) == closed
    assert refusal(lambda: service.record_objection(one, words="x", by=here.actor())) == closed
    [other] = receive(here, files.upload(), unmatched=True)
    assert refusal(lambda: service.match_evidence(other, case=here.case, by=here.actor())) == closed


def test_unmatched_evidence_waits_with_its_own_clock_until_its_case_is_found(here: Side) -> None:
    [one] = receive(here, files.upload(), unmatched=True, from_words="noise@larkspur.example")
    assert (one.case_id, count_unmatched()) == (None, 1)
    due = match_by(one, policy_today()).astimezone(LONDON)
    assert f"{due:%a %d %H:%M:%S}" == "Tue 17 23:59:59"
    service.match_evidence(one, case=here.case, by=here.actor(Role.ADVISER))
    one.refresh_from_db()
    assert (one.case_id, count_unmatched()) == (here.case.pk, 0)
    assert Event.objects.get(verb="evidence_matched").case_id == here.case.pk
    assert refusal(lambda: service.match_evidence(one, case=here.case, by=here.actor())) == [
        "This is already on a case."
    ]


def test_over_a_weekend_the_inbox_waits_for_the_next_working_day(here: Side) -> None:
    with clock_at(NOON + 4 * DAY):
        [friday] = receive(here, files.upload(), unmatched=True)
    assert f"{match_by(friday, policy_today()).astimezone(LONDON):%a %d}" == "Mon 23"


def test_who_listened_when_and_what_they_heard(here: Side) -> None:
    [one] = receive(here, files.upload())
    with clock_at(NOON + DAY):
        review = service.review_evidence(
            one, finding="Bass from 0:10 to 0:40", by=here.actor(Role.SPECIALIST)
        )
    assert (review.finding, review.reviewed_by, review.reviewed_at) == (
        "Bass from 0:10 to 0:40", "Specialist Larkspur", NOON + DAY,
    )  # fmt: skip
    assert review.reviewed_by_user_id == here.actor(Role.SPECIALIST).user_id
    assert Event.objects.get(verb="evidence_reviewed").words.text == "night\nBass from 0:10 to 0:40"


def test_a_finding_says_something_and_comes_from_somebody_who_may(here: Side) -> None:
    [one] = receive(here, files.upload())
    assert refusal(lambda: service.review_evidence(one, finding=" ", by=here.actor())) == [
        "Say what it shows, or that nothing can be seen or heard."
    ]
    for role in (Role.ADVISER, Role.AUDITOR):
        by = here.actor(role)
        [reason] = refusal(lambda by=by: service.review_evidence(one, finding="Bass", by=by))  # type: ignore[misc]
        assert "you cannot look at evidence" in reason


def test_told_of_court_once_and_objecting_in_their_words(here: Side) -> None:
    [one] = receive(here, files.upload(), person_id=here.complainant.pk)
    assert service.record_told_of_court(one, by=here.actor()).told_of_court
    assert refusal(lambda: service.record_told_of_court(one, by=here.actor())) == [
        "It is already on record that they were told."
    ]
    assert refusal(lambda: service.record_objection(one, words=" ", by=here.actor())) == [
        "Write down the objection in their words."
    ]
    objected = service.record_objection(one, words="He would know it was me", by=here.actor())
    assert (objected.objection, objected.objection_at) == ("He would know it was me", NOON)
    assert Event.objects.get(verb="objection_recorded").words.text == "night\nHe would know it was me"


@pytest.mark.django_db(transaction=True)
def test_what_a_dead_process_left_is_kept_where_it_has_a_record_and_removed_where_not(
    world: World, root: Path
) -> None:
    """The first died after its record was committed, the second before, the third while the file still came in."""
    from tests.cases.evidence.test_storage import grow_old

    sha256, lost = files.fingerprint(files.WAV), files.fingerprint(files.MP3)
    place = place_of("originals", "vivid", sha256)
    with landlord_scope_of(world.here):
        Evidence.objects.create(
            landlord=world.here.landlord, case=world.here.case, kind="recording", title="Night",
            received_at=NOON, recorded_by="Tests", sha256=sha256, original_path=place,
        )  # fmt: skip
    (root / "incoming").mkdir(parents=True)
    left = {
        f"originals.vivid.{sha256[:2]}.{sha256}.{'0' * 32}": files.WAV,
        f"originals.derby-homes.{sha256[:2]}.{sha256}.{'1' * 32}": files.WAV,
        f"originals.vivid.{lost[:2]}.{lost}.{'2' * 32}": files.MP3,
        f"originals.nobody.{lost[:2]}.{lost}.{'3' * 32}": files.MP3,
        f"{'4' * 32}.part": b"RIFF",
    }
    for name, content in left.items():
        (root / "incoming" / name).write_bytes(content)
        grow_old(root / "incoming" / name)
    fresh = root / "incoming" / f"{'5' * 32}.part"
    fresh.write_bytes(b"RIFF")
    grow_old(fresh)
    fresh.touch()
    with clock_at(datetime.datetime.now(datetime.UTC)):
        service.sweep_leftovers()
    assert files.everything_in(root) == [f"incoming/{fresh.name}", place]
    assert kept(place).read_bytes() == files.WAV


def landlord_scope_of(side: Side) -> Any:
    from contextlib import ExitStack

    from django.db import transaction

    stack = ExitStack()
    stack.enter_context(transaction.atomic())
    stack.enter_context(landlord_scope(side.landlord.pk))
    return stack
