"""Files sent from the page: kept whole or not at all, with every reason told."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from cases.evidence.arriving import Arrived, ArrivingHandler
from cases.evidence.storage import kept
from cases.models import Evidence
from landlords.permissions import Role
from tests.cases.evidence import files
from tests.cases.evidence.pages import page, received, send_files
from tests.cases.evidence.scoped import scoped
from tests.cases.pages import errors, version, words
from tests.factories.world import Side, World
from timeline.models import Event

MEGABYTE = 1024 * 1024
pytestmark = pytest.mark.django_db(transaction=True)


def counts(side: Side) -> tuple[int, int]:
    with scoped(side):
        return Evidence.objects.count(), Event.objects.count()


@pytest.fixture
def side(world: World, client: Client) -> Side:
    world.here.sign_in(client)
    return world.here


def test_several_files_are_kept_and_shown(side: Side, client: Client, root: Path) -> None:
    photo = files.photo_with_place()
    uploads = [files.upload("Küche 夜.wav"), files.upload("IMG 1.jpg", photo)]
    url = page("add-evidence", side)
    response = send_files(
        client, url, *uploads, version=version(client, url), person=str(side.complainant.key)
    )
    assert response.headers["Location"] == page("evidence", side)
    with scoped(side):
        sound, picture = Evidence.objects.order_by("id")
    assert (sound.title, sound.kind, sound.person_id) == ("Küche 夜", "recording", side.complainant.pk)
    assert kept(sound.original_path).read_bytes() == files.WAV
    assert kept(picture.original_path).read_bytes() == photo
    assert files.everything_in(root) == sorted(
        [sound.original_path, picture.original_path, picture.copy_path]
    )
    listed = words(client.get(page("evidence", side)))
    assert "2 pieces of evidence are on the file." in listed
    assert "Küche 夜 Noise recording · WAV recording" in listed
    assert "Evidence 2" in words(client.get(page("case", side)))


def test_what_is_wrong_with_each_file_is_told_and_what_was_typed_stays(
    side: Side, client: Client, root: Path
) -> None:
    before = counts(side)
    response = send_files(
        client,
        page("add-evidence", side),
        files.upload("good.wav"),
        files.upload("bad.jpg", files.HTML),
        title="Sunday",
    )
    assert errors(response) == [
        "“bad.jpg” is a web page or a drawing that can hold a program. Ask for a PDF or a photo of it"
    ]
    assert 'value="Sunday"' in response.content.decode()
    assert (counts(side), files.everything_in(root)) == (before, [])


def test_nothing_chosen_is_told(side: Side, client: Client) -> None:
    assert errors(client.post(page("add-evidence", side), {})) == [
        "Choose a file, or say where it is kept",
        "Choose what it is",
        "Say what it is called",
    ]


def test_something_kept_elsewhere_is_put_on_record(side: Side, client: Client) -> None:
    typed = {"kind": "recording", "title": "Sunday", "where_kept": "Noise App", "told_of_court": "on"}
    assert client.post(page("add-evidence", side), typed).status_code == 302
    with scoped(side):
        one = Evidence.objects.get()
    assert (one.where_kept, one.told_of_court) == ("Noise App", True)
    assert "There is no file. It is kept: Noise App" in words(
        client.get(page("evidence-piece", side, one.key))
    )


def test_a_name_made_to_climb_out_is_only_a_name(side: Side, client: Client, root: Path) -> None:
    send_files(client, page("add-evidence", side), files.upload("../../../settings\u202etxt.wav"))
    with scoped(side):
        one = Evidence.objects.get()
    assert (one.file_name, one.title) == ("settingstxt.wav", "settingstxt")
    assert files.everything_in(root) == [one.original_path]


def test_the_same_form_with_another_file_is_another_piece(side: Side, client: Client) -> None:
    url = page("add-evidence", side)
    for content in (files.WAV, files.WAV + b"\x80"):
        assert send_files(client, url, files.upload("rec.wav", content)).status_code == 302
    assert send_files(client, url, files.upload("rec.wav", files.WAV + b"\x80")).status_code == 302
    assert counts(side)[0] == 2


def test_200_megabytes_are_refused_in_one_message_with_nothing_saved(
    side: Side, client: Client, root: Path, tmp_path: Path
) -> None:
    """Read to the end, so that the form comes back with what was typed; never more than 100 MB on the disk."""
    before = counts(side)
    with files.sparse(tmp_path / "long.wav", 200 * MEGABYTE).open("rb") as long:
        response = send_files(client, page("add-evidence", side), long, title="The whole night")
    assert errors(response) == [
        "“long.wav” is 200 MB. A file can be at most 100 MB. Ask for a shorter one, or for it in parts"
    ]
    assert 'value="The whole night"' in response.content.decode()
    assert (counts(side), files.everything_in(root)) == (before, [])


def test_more_than_may_be_sent_at_once_is_refused_as_a_whole(
    side: Side, client: Client, root: Path, settings: Settings, monkeypatch: Any
) -> None:
    settings.EVIDENCE_POST_SIZE = 2 * MEGABYTE
    monkeypatch.setattr("asbcases.middleware.ArrivingHandler.new_file", pytest.fail)
    before = counts(side)
    response = send_files(client, page("add-evidence", side), files.upload("a.wav", b"\x80" * 3 * MEGABYTE))
    assert response.status_code == 413
    told = words(response)
    assert "Nothing has been sent or saved." in told
    assert "One file can be at most 100 MB, and all that are sent together 2 MB." in told
    assert (counts(side), files.everything_in(root)) == (before, [])


@pytest.mark.parametrize("name", ["add-note", "evidence", "add-diary"])
def test_every_other_page_keeps_its_own_limit(side: Side, client: Client, root: Path, name: str) -> None:
    response = send_files(client, page(name, side), files.upload("a.wav", b"\x80" * 2 * MEGABYTE))
    assert response.status_code == 413
    assert files.everything_in(root) == []


def test_many_files_are_counted_out_and_none_is_kept(side: Side, client: Client, root: Path) -> None:
    many = [files.upload(f"{number}.wav", files.WAV + bytes([number])) for number in range(120)]
    response = send_files(client, page("add-evidence", side), *many)
    assert errors(response) == ["At most 10 files can be added at a time. You chose 120"]
    assert files.everything_in(root) == []


def test_a_strangers_files_are_never_on_the_disk(
    world: World, client: Client, root: Path, monkeypatch: Any
) -> None:
    begun = list[object]()
    monkeypatch.setattr("cases.evidence.arriving.Waiting", lambda: begun.append(1))
    response = send_files(client, page("add-evidence", world.here), files.upload())
    assert response.headers["Location"].startswith("/sign-in/")
    assert (begun, files.everything_in(root)) == ([], [])


def test_an_upload_that_breaks_off_leaves_nothing(world: World, root: Path) -> None:
    request: Any = RequestFactory().post("/")
    request.membership_id = 1
    handler = ArrivingHandler(request)
    handler.new_file("uploads", "night.wav", "audio/wav", None)
    handler.receive_data_chunk(files.WAV, 0)
    assert len(files.everything_in(root)) == 1
    handler.upload_interrupted()
    assert files.everything_in(root) == []
    handler.new_file("uploads", "night.wav", "audio/wav", None)
    handler.receive_data_chunk(files.WAV, 0)
    arrived = handler.file_complete(len(files.WAV))
    assert (arrived.sha256, arrived.size) == (files.fingerprint(files.WAV), len(files.WAV))
    assert isinstance(arrived, Arrived)
    arrived.close()
    assert files.everything_in(root) == []


def test_a_page_that_fails_after_saving_leaves_neither_record_nor_file(
    side: Side, client: Client, root: Path, monkeypatch: Any
) -> None:
    before = counts(side)

    def fail(*_: object) -> None:
        assert len(files.everything_in(root)) == 1
        raise RuntimeError("after the record was made")

    monkeypatch.setattr("cases.pages.evidence.views.received_words", fail)
    client.raise_request_exception = False
    response = send_files(client, page("add-evidence", side), files.upload())
    assert response.status_code == 500
    assert (counts(side), files.everything_in(root)) == (before, [])


def test_the_disk_being_full_leaves_nothing(side: Side, client: Client, root: Path, monkeypatch: Any) -> None:
    before = counts(side)

    opening = Path.open

    def full(path: Path, mode: str = "r", **options: Any) -> Any:
        return (
            opening(Path("/dev/full"), "wb", buffering=0) if mode == "wb" else opening(path, mode, **options)
        )

    monkeypatch.setattr(Path, "open", full)
    client.raise_request_exception = False
    assert send_files(client, page("add-evidence", side), files.upload()).status_code == 500
    import gc

    gc.collect()
    assert (counts(side), files.everything_in(root)) == (before, [])


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_only_read_adds_nothing(world: World, client: Client, root: Path, role: str) -> None:
    before = counts(world.here)
    world.here.sign_in(client, role)
    assert send_files(client, page("add-evidence", world.here), files.upload()).status_code == 403
    assert (counts(world.here), files.everything_in(root)) == (before, [])


def test_another_landlords_case_takes_nothing(world: World, client: Client, root: Path) -> None:
    before = counts(world.there)
    world.here.sign_in(client)
    assert send_files(client, page("add-evidence", world.there), files.upload()).status_code == 404
    assert (counts(world.there), files.everything_in(root)) == (before, [])


def test_what_is_on_the_case_already_is_told(side: Side, client: Client) -> None:
    received(side)
    response = send_files(client, page("add-evidence", side), files.upload("again.wav"))
    assert errors(response) == ["“again.wav” is on this case already"]
    assert counts(side)[0] == 1


def test_settings_hold_what_the_pages_say(settings: Settings) -> None:
    assert (settings.EVIDENCE_FILE_SIZE, settings.EVIDENCE_FILES_A_POST) == (100 * MEGABYTE, 10)
    assert settings.EVIDENCE_POST_SIZE > 200 * MEGABYTE
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == MEGABYTE
