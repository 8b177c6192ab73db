from letters.models.letter import Letter, Release
from letters.models.sending import Sending
from letters.models.wording import Wording

__all__ = ["Letter", "Release", "Sending", "Wording"]
