"""Whatever anybody types is shown as words: no page of a case lets it become part of the page."""

import dataclasses
from collections.abc import Iterator

from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from cases.models import Case
from cases.services.asking import ask_of_person
from cases.services.categorising import reassign
from cases.services.evidence import EvidenceDetails, receive_evidence, review_evidence
from cases.services.linking import link_cases
from cases.services.partners import refer_person
from cases.services.people import change_person, details_of
from cases.services.working import ContactDetails, IncidentDetails, add_incident, add_note, record_contact
from landlords.permissions import Role
from riskmatrix.services import assess_risk, record_consent
from tests.actionplans.plan.plans import agree, ours, support, theirs
from tests.cases.evidence import files
from tests.cases.linking.world import told
from tests.factories.world import NOON, Side
from tests.riskmatrix.answering import LOWEST, answers

BAD = "\"'><img src=x onerror=alert(1)></textarea></script>{{ 7 }}{% now %}"
SHOWN = "&quot;&#x27;&gt;&lt;img src=x onerror=alert(1)&gt;&lt;/textarea&gt;"


def write_everywhere(here: Side) -> None:
    case, by, person = here.case, here.actor(Role.MANAGER), here.complainant
    changed = dataclasses.replace(
        details_of(person), name=BAD, address=BAD, phone=BAD[:40], safe_contact_note=BAD, needs=BAD,
        language=BAD[:60], adjustments=BAD, vulnerability=BAD, representative=BAD,
    )  # fmt: skip
    change_person(case, person.pk, changed, by=by)
    add_note(case, text=BAD, by=by)
    add_incident(case, IncidentDetails(BAD, ["noise"], occurred_words=BAD, location=BAD), by=by)
    record_contact(case, ContactDetails(person.pk, "telephone", "spoke", NOON, BAD), by=by)
    ask_of_person(case, person_id=person.pk, what=BAD, by=by)
    refer_person(case, person_id=person.pk, agency=BAD, reason=BAD, consent="yes", by=by)
    details = EvidenceDetails(from_words=BAD)
    upload = files.upload(f"{BAD.replace('/', '')}.wav")
    piece = receive_evidence(landlord_id=case.landlord_id, case=case, details=details, upload=upload, by=by)
    review_evidence(piece, finding=BAD, by=by)
    agree(here, ours(here, BAD), theirs(BAD), support(here))
    assess_risk(
        case, person_id=person.pk, answers=answers(LOWEST), confirmed_band="high", judgement=BAD, by=by
    )
    record_consent(case, person_id=person.pk, agency=BAD, agreed=True, by=by)
    link_cases(case, told(here, "noise", who=BAD, about=BAD), kind="related", reason=BAD, by=by)
    reassign(case, owner=here.members[Role.MANAGER], reason=BAD, by=by)
    Case.objects.filter(pk=case.pk).update(title=BAD, place=BAD)


def pages(here: Side) -> Iterator[str]:
    """Every page of the case that takes nothing but its reference, those of its complainant, and the lists."""
    for name in sorted(key for key in get_resolver().reverse_dict if isinstance(key, str)):
        for keys in ([here.case.reference], [here.case.reference, here.complainant.key], []):
            try:
                url = reverse(name, args=keys)
            except NoReverseMatch:
                continue
            if url.startswith("/desk/"):
                yield url


def test_what_was_typed_stands_on_every_page_as_it_was_typed(here: Side, client: Client) -> None:
    write_everywhere(here)
    here.sign_in(client, Role.MANAGER)
    read = {url: client.get(url) for url in pages(here)}
    found = {url: answer.content.decode() for url, answer in read.items() if answer.status_code == 200}
    assert {url for url, page in found.items() if "<img src=x" in page or "> 7 <" in page} == set()
    assert sum(SHOWN in page for page in found.values()) > 25
