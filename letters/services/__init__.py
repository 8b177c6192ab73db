from letters.services.making import make_letter
from letters.services.releasing import release_letter
from letters.services.writing import begin_letter, change_letter, give_letter_up

__all__ = ["begin_letter", "change_letter", "give_letter_up", "make_letter", "release_letter"]
