"""Letters printed together: one file for the printer, and which letter lies where in it."""

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.translation import gettext_lazy as _

from timeline.scope import LandlordManager, LandlordRecord


class PrintBatch(LandlordRecord):
    """``claim`` is of the process that makes the file now: what another one makes is not kept. ``done`` counts the
    letters it has looked at. ``why`` says why there is no file. ``downloaded_at`` is when its letters were last taken
    away to be printed, also of a file that was made anew since. ``posted_at`` is when somebody put them in the post.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting to be made")
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready to print")
        FAILED = "failed", _("Could not be made")
        GIVEN_UP = "given_up", _("Given up")
        POSTED = "posted", _("Posted")

    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    claim = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    done = models.PositiveSmallIntegerField(default=0)
    why = models.TextField(blank=True)
    ready_at = models.DateTimeField(null=True)
    pages = models.PositiveIntegerField(null=True)
    size = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    downloaded_at = models.DateTimeField(null=True)
    downloaded_by = models.CharField(max_length=200, blank=True)
    posted_at = models.DateTimeField(null=True)
    marked_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["ready", "posted"])
                | models.Q(ready_at__isnull=False) & ~models.Q(sha256=""),
                name="ready_batch_is_whole",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                name="batch_waits",
                condition=models.Q(next_try_at__isnull=False),
            ),
            models.Index(fields=["landlord", "asked_at"], name="batch_newest"),
        ]

    @property
    def is_at_work(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.MAKING)


class PrintedLetter(LandlordRecord):
    """A letter's place in a batch; in no more than one at a time. ``out_at``: it is in it no longer, and ``why_out``.

    What stands on its list is kept as it was when the file was made.
    """

    batch = models.ForeignKey(
        PrintBatch, on_delete=models.PROTECT, related_name="letters", db_constraint=False
    )
    sending = models.ForeignKey(
        "letters.Sending", on_delete=models.PROTECT, related_name="printed", db_constraint=False
    )
    place = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=40, blank=True)
    addressee = models.TextField(blank=True)
    address = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    first_page = models.PositiveIntegerField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)
    out_at = models.DateTimeField(null=True)
    out_by = models.CharField(max_length=200, blank=True)
    why_out = models.TextField(blank=True)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sending"], condition=models.Q(out_at__isnull=True), name="in_one_batch_at_a_time"
            ),
            models.UniqueConstraint(fields=["batch", "place"], name="one_place_in_a_batch"),
        ]


class PrintFile(LandlordRecord):
    """What is printed, and the list to tick off, which is a file of its own so that nobody posts it with a letter."""

    batch = models.OneToOneField(
        PrintBatch, on_delete=models.PROTECT, related_name="file", db_constraint=False
    )
    content = models.BinaryField()
    listing = models.BinaryField()

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()
