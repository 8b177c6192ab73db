from letters.models.batch import PrintBatch, PrintedLetter, PrintFile
from letters.models.letter import Letter, Print, Release
from letters.models.letterhead import Logo
from letters.models.sending import Sending
from letters.models.wording import Wording

__all__ = [
    "Letter",
    "Logo",
    "Print",
    "PrintBatch",
    "PrintFile",
    "PrintedLetter",
    "Release",
    "Sending",
    "Wording",
]
