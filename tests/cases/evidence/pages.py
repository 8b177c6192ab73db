"""Sending and fetching evidence as a browser does."""

from typing import Any

from django.test import Client
from django.urls import reverse

from cases.models import Evidence
from cases.services.evidence import EvidenceDetails, receive_evidence
from tests.cases.evidence import files
from tests.cases.evidence.scoped import scoped
from tests.factories.world import Side


def page(name: str, side: Side, *keys: Any) -> str:
    return reverse(name, args=[side.case.reference, *keys])


def send_files(client: Client, url: str, *uploads: Any, **typed: Any) -> Any:
    return client.post(url, {"uploads": list(uploads), **typed})


def received(side: Side, name: str = "night.wav", content: bytes = files.WAV, **options: Any) -> Evidence:
    """A committed piece, on the side's case unless another, or None, is given."""
    with scoped(side):
        return receive_evidence(
            landlord_id=side.landlord.pk,
            case=options.pop("case", side.case),
            details=EvidenceDetails(**options),
            upload=files.upload(name, content),
            by=side.actor(),
        )
