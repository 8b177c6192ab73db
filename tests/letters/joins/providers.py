"""Providers that do not get a letter out for certain."""

from letters.outbox.providers import Outcome, Parcel, Taken


class Refuses:
    def send(self, parcel: Parcel) -> Taken:
        return Taken(Outcome.REFUSED, "No such mailbox")


class Breaks:
    def send(self, parcel: Parcel) -> Taken:
        raise ConnectionError("no answer")
