"""What is said to the officer of each place the firewall stopped at: what it is, why, and what to write instead."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import PartyRole
from letters.firewall.engine import Hit

_KINDS: dict[str, Promise] = {
    "full_name": gettext_lazy("The name of the %(who)s"),
    "name_part": gettext_lazy("Part of the name of the %(who)s"),
    "nickname": gettext_lazy("A short name of the %(who)s"),
    "misspelling": gettext_lazy("The name of the %(who)s, spelt otherwise"),
    "disguise": gettext_lazy("The name of the %(who)s, written otherwise"),
    "address": gettext_lazy("The address of the %(who)s"),
    "home_number": gettext_lazy("The home of the %(who)s"),
    "postcode": gettext_lazy("The postcode of the %(who)s"),
    "phone": gettext_lazy("The telephone number of the %(who)s"),
    "email": gettext_lazy("The e-mail address of the %(who)s"),
    "plate": gettext_lazy("The vehicle of the %(who)s"),
    "quote": gettext_lazy("Words from the report of the %(who)s"),
}
_EVERY_PART = gettext_lazy(
    "We look for every part of their name, in any spelling of capitals, accents and spaces."
)
_WHY: dict[str, Promise] = {
    "full_name": gettext_lazy("“%(found)s” is the name of the %(who)s."),
    "first_name": gettext_lazy("“%(found)s” is the first name of the %(who)s."),
    "surname": gettext_lazy("“%(found)s” is part of the name of the %(who)s."),
    "inside": gettext_lazy("“%(found)s” has the name of the %(who)s in it."),
    "initial": gettext_lazy("“%(found)s” is how the name of the %(who)s begins."),
    "short": gettext_lazy("“%(found)s” is what people called like the %(who)s are often called for short."),
    "perhaps": gettext_lazy("“%(found)s” may be short for the first name of the %(who)s."),
    "misspelt": gettext_lazy("“%(found)s” is nearly the name of the %(who)s; a wrong letter hides nobody."),
    "spread": gettext_lazy("“%(found)s” is the name of the %(who)s with signs or figures in it."),
    "address": gettext_lazy("“%(found)s” is where the %(who)s lives."),
    "home_number": gettext_lazy("“%(found)s” is the number of the home of the %(who)s."),
    "house_name": gettext_lazy("“%(found)s” is what the home of the %(who)s is called."),
    "postcode": gettext_lazy("“%(found)s” is the postcode of the %(who)s, and the reader has another."),
    "phone": gettext_lazy("“%(found)s” is the telephone number of the %(who)s."),
    "phone_part": gettext_lazy("“%(found)s” is part of the telephone number of the %(who)s."),
    "phone_end": gettext_lazy("“%(found)s” is how the telephone number of the %(who)s ends."),
    "email": gettext_lazy("“%(found)s” is the e-mail address of the %(who)s, or tells it."),
    "plate": gettext_lazy("“%(found)s” is the number plate of the %(who)s."),
    "plate_end": gettext_lazy("“%(found)s” is how the number plate of the %(who)s ends."),
    "quote": gettext_lazy("“%(found)s” is in the report of the %(who)s in nearly the same words."),
}
_INSTEAD: dict[str, Promise] = {
    "told": gettext_lazy("We have been told that"),
    "a_home": gettext_lazy("a neighbour’s home"),
    "the_area": gettext_lazy("near your home"),
    "a_number": gettext_lazy("a telephone number"),
    "an_address": gettext_lazy("an e-mail address"),
    "a_vehicle": gettext_lazy("a car nearby"),
    "own_words": gettext_lazy("what happened, and when, in your own words"),
}
_NAMES = ("full_name", "name_part")


def kind_words(hit: Hit) -> str:
    """The heading of one place to change."""
    return str(_KINDS[hit.kind]) % {"who": _who(hit)}


def why_words(hit: Hit) -> str:
    because = str(_WHY[hit.why]) % {"who": _who(hit), "found": hit.found}
    return f"{because} {_EVERY_PART}" if hit.kind in _NAMES else because


def instead_words(hit: Hit) -> str:
    """Something safer to write; the officer makes it fit."""
    return str(_INSTEAD[hit.instead])


def _who(hit: Hit) -> str:
    """Their part in the case, as it stands within a sentence."""
    role = dict(PartyRole.choices).get(hit.label)
    return str(role).lower() if role else _("protected person")
