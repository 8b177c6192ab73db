"""Providers that send nothing and keep each message as a file, for one's own machine."""

from pathlib import Path

from django.conf import settings

from letters.outbox.providers import Outcome, Parcel, Taken
from letters.outbox.written import as_email
from timeline import clock


class EmailFile:
    def send(self, parcel: Parcel) -> Taken:
        return _keep(parcel, as_email(parcel), ".eml")


class TextFile:
    """``To`` is a telephone number, so the file is no e-mail, but it reads like one."""

    def send(self, parcel: Parcel) -> Taken:
        head = f"To: {parcel.to}\nFrom: {parcel.sender}\nMessage-ID: {parcel.message_id}\n"
        return _keep(parcel, f"{head}\n{parcel.words}\n".encode(), ".txt")


def _keep(parcel: Parcel, content: bytes, suffix: str) -> Taken:
    """Written under another name first, so that nobody reads half of it. The same message is kept once."""
    folder = Path(settings.LETTERS_KEPT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = parcel.message_id.strip("<>").partition("@")[0]
    if not any(folder.glob(f"*-{name}{suffix}")):
        draft = folder / f".{clock.now():%Y%m%dT%H%M%S.%fZ}-{name}{suffix}"
        draft.write_bytes(content)
        draft.rename(draft.with_name(draft.name.removeprefix(".")))
    return Taken(Outcome.ACCEPTED, "kept as a file")
