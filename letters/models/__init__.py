from letters.models.letter import Letter, Print, Release
from letters.models.sending import Sending
from letters.models.wording import Wording

__all__ = ["Letter", "Print", "Release", "Sending", "Wording"]
