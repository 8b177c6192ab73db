"""What stands at the head of letters, and from when."""

from typing import ClassVar, Self

from django.db import models

from timeline.scope import LandlordManager, LandlordRecord


class Logo(LandlordRecord):
    """The landlord's logo from ``set_at`` until the next; without ``content`` its name is set in type. Written once, so
    that a letter that was made can always be shown as it was.

    ``content`` is a picture that we drew anew, of ``width`` by ``height`` pixels, and never the file that was sent.
    """

    content = models.BinaryField(default=bytes)
    media_type = models.CharField(max_length=20, blank=True)
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=200)

    objects: ClassVar[LandlordManager[Self]] = LandlordManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(sha256="", media_type="", width=None, height=None)
                | ~models.Q(sha256="")
                & ~models.Q(media_type="")
                & models.Q(width__isnull=False, height__isnull=False),
                name="logo_is_whole",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["landlord", "set_at"], name="logo_newest")]
