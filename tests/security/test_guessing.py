"""Many guesses at the same moment are no more than the same number one after the other."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import cache
from django.core.exceptions import ValidationError

from asbcases.desk import signing
from triage.progress import codes

AT_ONCE = 16
LOOKING = 0.1  # seconds that one guess is looked at, so that all of them would be


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def _at_once(guess: Callable[[], Any]) -> None:
    guesses = [threading.Thread(target=guess) for _each in range(AT_ONCE)]
    for one in guesses:
        one.start()
    for one in guesses:
        one.join()


def test_codes_of_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []

    def code_of(reference: str) -> str:
        looked_at.append(reference)
        time.sleep(LOOKING)
        return "123456"

    monkeypatch.setattr(codes, "code_of", code_of)
    _at_once(lambda: codes.is_right("VV-7K4M2-QX9RT", "000000"))
    assert len(looked_at) == codes.MOST_WRONG


def test_passwords_of_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []

    def clean(form: AuthenticationForm) -> None:
        looked_at.append(form.cleaned_data["username"])
        time.sleep(LOOKING)
        raise ValidationError("no")

    monkeypatch.setattr(AuthenticationForm, "clean", clean)
    typed = {"username": "officer@vivid.example", "password": "a guess"}
    _at_once(lambda: signing.SignInForm(data=typed).is_valid())
    assert len(looked_at) == signing.MOST_WRONG


def test_right_ones_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "code_of", lambda _reference: "123456")
    found = [codes.is_right("VV-7K4M2-QX9RT", "123 456") for _each in range(codes.MOST_WRONG + 2)]
    assert found == [True] * (codes.MOST_WRONG + 2)
