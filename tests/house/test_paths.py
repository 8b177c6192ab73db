"""Where private data goes when `.local` will not do, and how it is taken away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from asbcases.local import paths


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A short checkout every user may enter, whatever pytest's own folder is like."""
    monkeypatch.setattr(paths, "_SYSTEM_FOLDER", tmp_path)
    monkeypatch.setattr(paths, "LONGEST_SOCKET", len(os.fsencode(tmp_path)) + 60)
    folder = tmp_path / "checkout"
    folder.mkdir()
    return folder


def test_the_data_is_in_the_checkout_and_ours_alone(checkout: Path) -> None:
    home = paths.default_home(checkout)
    assert home.folder == checkout / ".local"
    assert home.folder.stat().st_mode & 0o777 == 0o700


def test_a_deep_checkout_keeps_its_data_elsewhere(checkout: Path) -> None:
    deep = checkout / ("a" * 60)
    deep.mkdir()
    home = paths.default_home(deep)
    assert home.folder == paths.elsewhere_for(deep)
    assert (deep / ".local").readlink() == home.folder
    assert paths.default_home(deep) == home


def test_a_closed_parent_keeps_the_data_elsewhere_for_another_user(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "enterable", lambda folder: False)
    assert paths.default_home(checkout, other_user=False).folder == checkout / ".local"
    (checkout / ".local").rmdir()
    home = paths.default_home(checkout, other_user=True)
    assert home.folder == paths.elsewhere_for(checkout)
    assert home.folder.stat().st_mode & 0o777 == 0o711


def test_a_copied_checkout_does_not_share_the_data_of_the_first(checkout: Path) -> None:
    copy = checkout.parent / "copy"
    copy.mkdir()
    (copy / ".local").symlink_to(paths.elsewhere_for(checkout))
    assert paths.default_home(copy).folder == copy / ".local"
    assert not (copy / ".local").is_symlink()


def test_data_in_the_wrong_place_is_not_silently_left_behind(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths.default_home(checkout)
    monkeypatch.setattr(paths, "enterable", lambda folder: False)
    with pytest.raises(FileExistsError, match="make reset"):
        paths.default_home(checkout, other_user=True)


def test_a_folder_put_there_by_somebody_else_is_refused(checkout: Path) -> None:
    trap = checkout.parent / "trap"
    trap.mkdir()
    (checkout / "folder").symlink_to(trap)
    with pytest.raises((PermissionError, FileExistsError)):
        paths.private(checkout / "folder", enter=False)


def test_reset_follows_the_link(checkout: Path) -> None:
    deep = checkout / ("a" * 60)
    deep.mkdir()
    home = paths.default_home(deep)
    home.credentials.write_text("{}")
    paths.remove(deep)
    assert not home.folder.exists()
    assert not (deep / ".local").is_symlink()


def test_enterable_needs_every_parent(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    inner = closed / "inner"
    inner.mkdir(parents=True)
    for folder, mode in ((closed, 0o700), (inner, 0o755)):
        folder.chmod(mode)
    assert not paths.enterable(inner)
    assert paths.enterable(Path("/usr"))
