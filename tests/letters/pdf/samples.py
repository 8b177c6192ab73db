"""Letters to be drawn and printed. Everybody and every place in them is invented."""

from dataclasses import replace
from io import BytesIO

from PIL import Image

from letters.composing.document import Block, Document, Heading, Items, Paragraph, Run, Table
from letters.pdf.drawing import draw
from letters.pdf.frames import Printing
from letters.pdf.look import Look

LOOK = Look(
    landlord="Northmoor Homes",
    brand_colour="#00635a",
    address=("Harrowmere Office", "1 Example Quay, Harrowmere ZZ1 1AA"),
    phone="020 7946 0123",
    email="asb@northmoor.example.org",
    reference="NM-7K4M-2QX",
    kind="Action plan",
    date="Wednesday 30 December 2026",
    sent=True,
)
ADDRESS = ("Marguerite Okonkwo-Featherstonehaugh", "14 Larkspur Court", "Harrowmere", "ZZ4 7QT")


def paragraph(text: str, placeholder: str = "") -> Paragraph:
    return Paragraph((Run(text, placeholder),))


def heading(text: str) -> Heading:
    return Heading((Run(text),))


def items(*texts: str) -> Items:
    return Items(tuple((Run(text),) for text in texts))


OURS = Table(
    ("Action", "Who", "By"),
    (
        ("Speak to you every 7 days", "Sunita", "first call by Tuesday 5 January"),
        ("Fit a door viewer", "Repairs team", "Thursday 31 December"),
    ),
    "our_actions",
)
PLAN = Document(
    "Your action plan",
    ADDRESS,
    (
        paragraph("Dear Marguerite"),
        paragraph("Thank you for talking it through with me today. This letter is what we agreed."),
        heading("What we will do"),
        OURS,
        heading("What we ask you to do"),
        items("Tell us about anything else that happens", "Keep a record of dates and times"),
        paragraph("You may ask your council for an ASB case review.", "case_review"),
        paragraph("If you are unhappy with us, you can complain.", "complaint_route"),
        paragraph("Yours sincerely"),
        paragraph("Sunita Rao-Bellingham"),
    ),
)


def letter(*blocks: Block) -> Document:
    """Of these alone."""
    return replace(PLAN, blocks=blocks)


def printing(document: Document = PLAN, look: Look = LOOK) -> Printing:
    return Printing(draw(document, look), document.subject, look.colours, logo=look.logo)


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 20)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#a00010").save(out, kind)
    return out.getvalue()
