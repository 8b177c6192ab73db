"""The same letter is the same bytes, and making it touches nothing outside."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from letters.pdf.fonts import FONTS
from letters.pdf.workers import CannotRender, Printers
from tests.letters.pdf.samples import LOOK, PLAN, picture, printing


def test_twice_is_the_same(printers: Printers) -> None:
    assert printers.render(printing()) == printers.render(printing())


def test_another_process_makes_the_same(printers: Printers) -> None:
    look = replace(LOOK, logo=picture(), large_print=True)
    with Printers(1, seconds=60) as other:
        assert other.render(printing(look=look)) == printers.render(printing(look=look))


def test_what_was_printed_before_leaves_no_trace(printers: Printers) -> None:
    first = printers.render(printing())
    printers.render(
        printing(replace(PLAN, subject="Another"), replace(LOOK, large_print=True, brand_colour="#aa0011"))
    )
    assert printers.render(printing()) == first


def test_another_word_is_another_file(printers: Printers) -> None:
    assert printers.render(printing()) != printers.render(printing(replace(PLAN, subject="Another")))


def test_the_typefaces_of_the_machine_do_not_matter(
    printers: Printers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither what the caller's own configuration says."""
    monkeypatch.setenv("FONTCONFIG_FILE", "/nowhere")
    with Printers(1, seconds=60) as other:
        assert other.render(printing()) == printers.render(printing())


def test_our_typefaces_come_with_their_licences() -> None:
    assert sorted(path.name for path in FONTS.iterdir()) == [
        "AtkinsonHyperlegible-Bold.ttf",
        "AtkinsonHyperlegible-LICENSE.txt",
        "AtkinsonHyperlegible-Regular.ttf",
        "DejaVuSans-Bold.ttf",
        "DejaVuSans-LICENSE.txt",
        "DejaVuSans.ttf",
        "NotoEmoji-LICENSE.txt",
        "NotoEmoji-Regular.ttf",
    ]


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server that would notice."""
    seen: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stop = threading.Event()

        def accept() -> None:
            while not stop.is_set():
                try:
                    seen.append(server.accept()[1])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=accept)
        thread.start()
        yield server.getsockname()[1], seen
        stop.set()
        thread.join()


WAYS = [
    '<img src="{address}" alt="x">',
    '<style>p {{ background: url("{address}") }}</style><p>x</p>',
    '<style>@import url("{address}");</style>',
    '<style>@font-face {{ font-family: f; src: url("{address}") }} p {{ font-family: f }}</style><p>x</p>',
    '<link rel="stylesheet" href="{address}">',
    '<object data="{address}"></object>',
    '<embed src="{address}">',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}" width="9" height="9"/></svg>',
    '<p style="content: url({address})">x</p>',
]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_fetched_from_a_server(
    printers: Printers, listener: tuple[int, list[object]], way: str
) -> None:
    port, seen = listener
    _try(printers, way.format(address=f"http://127.0.0.1:{port}/x"))
    assert seen == []


@pytest.mark.parametrize("way", WAYS)
def test_no_file_is_read(printers: Printers, way: str, tmp_path: Path) -> None:
    """Nobody can read from a pipe that was opened without waiting for them."""
    pipe = tmp_path / "secret"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    os.write(reader, b"secret")
    _try(printers, way.format(address=pipe.as_uri()))
    assert os.read(reader, 100) == b"secret"
    os.close(reader)


def _try(printers: Printers, html: str) -> None:
    """A letter that names such an address is refused, or is made without looking there."""
    with suppress(CannotRender):
        assert printers.render(replace(printing(), html=html)).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1/", "data:image/png;base64,AAAA", "logo:", "ftp://x.example/"],
)
def test_a_picture_from_elsewhere_stops_the_letter(printers: Printers, address: str) -> None:
    with pytest.raises(CannotRender, match="may not fetch anything; it asked for"):
        printers.render(replace(printing(), html=f'<img src="{address}" alt="x">'))


def test_a_file_beside_the_letter_is_not_attached(printers: Printers) -> None:
    html = '<a rel="attachment" href="file:///etc/hostname">x</a><link rel="attachment" href="file:///etc/hostname">'
    with pytest.raises(CannotRender, match="may not fetch anything"):
        printers.render(replace(printing(), html=html))
