"""Idempotency-Key: however often a request arrives, there is one report."""

import datetime
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from asbcases.api.models import KeptAnswer
from cases.models import Report
from tests.api.partners import PartnerSystem, errors_of, token_for
from tests.factories.world import NOON, World
from timeline.clock import clock_at
from timeline.scope import landlord_scope

BODY = {"behaviours": ["noise"], "reporter": {"name": "Amina Yusuf"}}


def reports(world: World) -> int:
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        return Report.objects.count()


def test_the_same_key_and_body_get_the_same_answer(partner: PartnerSystem, world: World) -> None:
    first = partner.post(BODY, key="one")
    before = reports(world)
    second = partner.post('{"reporter":   {"name": "Amina Yusuf"}, "behaviours": ["noise"]}', key="one")
    assert (second.status_code, json.loads(second.content)) == (201, json.loads(first.content))
    assert reports(world) == before


def test_the_same_key_with_another_body_is_refused(partner: PartnerSystem, world: World) -> None:
    partner.post(BODY, key="one")
    before = reports(world)
    errors = errors_of(partner.post({**BODY, "description": "Drums"}, key="one"), 422)
    assert errors == [
        {
            "field": "Idempotency-Key",
            "message": "This key was used with another body in the last 24 hours.",
        }
    ]
    assert reports(world) == before


def test_without_a_key_every_request_is_a_report(partner: PartnerSystem, world: World) -> None:
    before = reports(world)
    references = {partner.sent(**BODY)["reference"] for _ in range(2)}
    assert (len(references), reports(world)) == (2, before + 2)


def test_a_key_belongs_to_one_token(partner: PartnerSystem, world: World) -> None:
    other = PartnerSystem(token_for(world.here, name="Police"))
    answers = [one.post(BODY, key="one") for one in (partner, other)]
    references = {json.loads(answer.content)["reference"] for answer in answers}
    assert ([answer.status_code for answer in answers], len(references)) == ([201, 201], 2)


def test_a_refused_request_does_not_use_up_its_key(partner: PartnerSystem) -> None:
    assert partner.post({"behaviours": ["shouting"]}, key="one").status_code == 400
    assert partner.post(BODY, key="one").status_code == 201


@pytest.mark.parametrize(("seconds", "same"), [(-1, True), (0, False)])
def test_an_answer_is_kept_for_24_hours(
    partner: PartnerSystem, world: World, seconds: int, same: bool
) -> None:
    first = json.loads(partner.post(BODY, key="one").content)
    with clock_at(NOON + datetime.timedelta(hours=24, seconds=seconds)):
        second = json.loads(partner.post(BODY, key="one").content)
    assert (first == second) is same
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        assert KeptAnswer.objects.count() == 1


@pytest.mark.parametrize("key", ["k" * 256, "clé", "a\tb"])
def test_a_key_that_cannot_be_kept_is_refused(partner: PartnerSystem, world: World, key: str) -> None:
    before = reports(world)
    (error,) = errors_of(partner.post(BODY, key=key), 400)
    assert error["field"] == "Idempotency-Key"
    assert reports(world) == before


@pytest.mark.django_db(transaction=True)
def test_duplicates_at_the_same_time_make_one_report(partner: PartnerSystem, world: World) -> None:
    before = reports(world)

    def send(_: int) -> bytes:
        try:
            with clock_at(NOON):
                return bytes(partner.post(BODY, key="one").content)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(send, range(4)))
    assert len(answers) == 1
    assert reports(world) == before + 1
