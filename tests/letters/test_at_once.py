"""Two officers at one draft of a case: the second is told, and nothing either has typed is lost."""

import re

from django.test import Client
from django.urls import reverse

from landlords.permissions import Role
from letters.models import Letter, Sending
from letters.services import change_letter, make_letter
from tests.cases.pages import errors, words
from tests.factories.world import Side
from tests.letters.test_writing import begun

CHANGED = (
    "Somebody else has changed this letter while you were writing. Nothing of yours is saved yet; what you typed is "
    "below. Check it against the letter, then save again."
)


def seen_at(client: Client, url: str) -> str:
    found = re.search(r'name="version" value="([0-9a-f]+)"', client.get(url).content.decode())
    assert found is not None
    return found[1]


def test_the_second_is_told_and_can_save_over_it_knowingly(here: Side, client: Client) -> None:
    letter = begun(here)
    url = reverse("letter", args=[letter.reference, letter.key])
    seen = seen_at(here.sign_in(client), url)
    theirs = {"own_words": "Theirs", "form": "standard"}
    change_letter(letter, answers={}, by=here.actor(Role.SPECIALIST), **theirs)
    mine = {"own_words": "Mine", "form": "standard", "save": "1"}
    response = client.post(url, {**mine, "version": seen})
    assert errors(response) == [CHANGED]
    assert (Letter.objects.get().own_words, ">\nMine</textarea>" in response.content.decode()) == (
        "Theirs",
        True,
    )
    client.post(url, {**mine, "version": seen_at(client, url)})
    assert Letter.objects.get().own_words == "Mine"


def test_saving_the_same_words_again_is_no_change(here: Side, client: Client) -> None:
    letter = begun(here)
    url = reverse("letter", args=[letter.reference, letter.key])
    seen = seen_at(here.sign_in(client), url)
    change_letter(letter, answers={}, own_words="", form="standard", by=here.actor(Role.SPECIALIST))
    client.post(url, {"own_words": "Mine", "form": "standard", "save": "1", "version": seen})
    assert Letter.objects.get().own_words == "Mine"


def test_saving_a_draft_that_was_made_meanwhile_sends_nothing(here: Side, client: Client) -> None:
    letter = begun(here)
    url = reverse("letter", args=[letter.reference, letter.key])
    seen = seen_at(here.sign_in(client), url)
    make_letter(letter, by=here.actor(Role.SPECIALIST))
    typed = {"own_words": "Mine", "form": "standard", "channel": "email", "save": "1", "version": seen}
    page = words(client.post(url, typed))
    assert "Specialist Larkspur has made this letter meanwhile. What you wrote is not in it." in page
    assert "What you wrote is not in it Mine" in page
    assert Sending.objects.count() == 0
