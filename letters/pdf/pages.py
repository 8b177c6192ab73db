"""The pages of a PDF as pictures, for whoever looks at letters and has no printer at hand."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo

DOTS = 72
"""To an inch: small letters can just be read, and a page is some 25 kB."""
COLOURS = 64
DRAWN_FROM = "Drawn-From"
"""What a picture holds to say what it was made of."""


class CannotDraw(Exception):
    """The message says what is lacking."""


def pictures_of(pdf: bytes, drawn_from: str) -> Iterator[bytes]:
    """One PNG for each page; the same input gives the same bytes. Raises CannotDraw where PDFium is not installed,
    which is no part of what is installed to run.
    """
    try:
        import pypdfium2
    except ImportError as why:
        raise CannotDraw("pypdfium2 is not installed; it is in requirements/dev.txt") from why
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield _png(page.render(scale=DOTS / 72).to_pil().convert("RGB"), drawn_from)


def drawn_from(png: bytes) -> str:
    """What ``pictures_of`` was told; empty for another picture, and for what is none."""
    try:
        with Image.open(BytesIO(png), formats=("PNG",)) as image:
            return str(image.info.get(DRAWN_FROM, ""))
    except UnidentifiedImageError:
        return ""


def _png(image: Image.Image, made_of: str) -> bytes:
    said, out = PngInfo(), BytesIO()
    said.add_text(DRAWN_FROM, made_of)
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True, pnginfo=said)
    return out.getvalue()
