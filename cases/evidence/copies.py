"""The copy of a photo that staff look at: the picture and nothing else, no place, no device, no hidden words."""

import struct
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import ExifTags, Image

from cases.evidence.sniffing import JPEG, PNG, WEBP, FileType, Unwelcome
from cases.evidence.storage import Waiting

FORMATS = {JPEG.mime: "JPEG", PNG.mime: "PNG", WEBP.mime: "WEBP"}
LONGEST_EDGE = 3000  # pixels
COPY_TYPE = "image/jpeg"
# Pillow refuses at twice this when it opens a file. What we unpack is limited below, after a JPEG has been told to
# unpack at a fraction of its size.
Image.MAX_IMAGE_PIXELS = 5_000_000_000
TURN = Image.Transpose
UPRIGHT = {
    2: TURN.FLIP_LEFT_RIGHT,
    3: TURN.ROTATE_180,
    4: TURN.FLIP_TOP_BOTTOM,
    5: TURN.TRANSPOSE,
    6: TURN.ROTATE_270,
    7: TURN.TRANSVERSE,
    8: TURN.ROTATE_90,
}
"""What undoes the orientation a camera noted. Its other notes are never written out again: they may be broken."""


def copy_of(path: Path, found: FileType) -> Waiting | None:
    """The copy, waiting to be kept; None where we cannot draw this kind. Raises Unwelcome for a broken picture."""
    if found.mime not in FORMATS:
        return None
    copy = Waiting()
    try:
        with Image.open(path, formats=[FORMATS[found.mime]]) as opened:
            _drawn(opened).save(copy.path, "JPEG", quality=88)
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError) as error:
        raise Unwelcome(_("is damaged: it cannot be shown. Ask for it again")) from error
    return copy


def _drawn(opened: Image.Image) -> Image.Image:
    """Upright, at most so large, on white where it is see-through, and new: nothing of the file comes along."""
    width, height = (max(edge * LONGEST_EDGE // max(opened.size), 1) for edge in opened.size)
    whole = {"width": opened.width, "height": opened.height}
    opened.draft("RGB", (width, height))
    if _unpacked(opened, whole["width"] * whole["height"]) > settings.EVIDENCE_PIXELS:
        told = _("is larger than we can draw: %(width)d by %(height)d pixels. Ask for a smaller one")
        raise Unwelcome(told % whole)
    opened.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    turn = UPRIGHT.get(opened.getexif().get(ExifTags.Base.Orientation, 1))
    upright = opened if turn is None else opened.transpose(turn)
    drawn = Image.new("RGB", upright.size, "white")
    see_through = upright.convert("RGBA")
    drawn.paste(see_through, mask=see_through.getchannel("A"))
    return drawn


def _unpacked(drafted: Image.Image, whole: int) -> int:
    """Pixels held in memory. A JPEG that comes in passes is held whole, however small it is drawn; others in part."""
    return whole if drafted.info.get("progressive") else max(drafted.width * drafted.height, whole // 4)
