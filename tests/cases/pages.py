"""Reading and posting pages of the desk in tests."""

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.factories.world import Side


def words(response: Any) -> str:
    """What a person reads on the page, in one line, without its head."""
    body = response.content.decode().partition("<main")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def errors(response: Any) -> list[str]:
    """The messages of the error summary, in order."""
    box = re.search(r"govuk-error-summary__list\">(.*?)</ul>", response.content.decode(), re.S)
    found = re.findall(r"<li>(.*?)</li>", box[1], re.S) if box else []
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", one)).split()) for one in found]


def address(name: str, side: Side, *keys: Any) -> str:
    return reverse(name, args=[side.case.reference, *keys])


def version(client: Client, url: str) -> str:
    """The version of the case that the form at this address carries."""
    found = re.search(r'name="version" value="([0-9a-f]*)"', client.get(url).content.decode())
    assert found is not None
    return found[1]


def send(client: Client, url: str, **typed: Any) -> Any:
    """Open the form and send it, as a person does."""
    return client.post(url, {"version": version(client, url), **typed})
