"""The plain words of the public form. ``%(landlord)s`` is the landlord's name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from triage.words import BEHAVIOUR_WORDS, GROUPS

Choices = list[tuple[str, str | Promise]]

UNSURE = "unsure"

REPORTER_CHOICES: Choices = [
    ("tenant", _("I rent my home from %(landlord)s")),
    ("shared_owner", _("I part-own my home with %(landlord)s")),
    ("leaseholder", _("I own my home and pay %(landlord)s for the building or estate")),
    ("non_customer", _("I live nearby, or I am visiting")),
    ("agency", _("I work for another organisation, such as the council or the police")),
    ("contractor", _("I do work for %(landlord)s")),
    ("staff", _("I work at %(landlord)s")),
    ("unknown", _("Something else")),
]
RESPONDENT_CHOICES: Choices = [
    ("tenant", _("They rent their home from %(landlord)s")),
    ("household", _("They live with someone who rents from %(landlord)s")),
    ("visitor", _("They visit someone who rents from %(landlord)s")),
    ("shared_owner", _("They part-own their home with %(landlord)s")),
    ("leaseholder", _("They own their home and pay %(landlord)s for the building or estate")),
    ("other_landlord", _("They rent from another landlord, such as the council")),
    ("private", _("They own their home or rent it from a private owner")),
    ("unknown", _("I do not know")),
]
SAFE_CHOICES: Choices = [
    ("any", _("Any way is safe")),
    ("call", _("Only call me")),
    ("text", _("Only text me")),
    ("email", _("Only e-mail me")),
    ("letter", _("Only write to me by post")),
]
OTHER_SAFE_CHOICES: Choices = [
    ("any", _("Any way is safe")),
    ("call", _("Only by calling")),
    ("text", _("Only by text")),
    ("email", _("Only by e-mail")),
    ("letter", _("Only by post")),
    ("unknown", _("I do not know")),
]
NAME_CHOICES: Choices = [
    ("named", _("Yes, I will give my name")),
    ("anonymous", _("No, I want to stay anonymous")),
]
FOR_CHOICES: Choices = [
    ("myself", _("Myself, or my own household")),
    ("other", _("Somebody else")),
]


def naming(choices: Choices, landlord: str) -> Choices:
    return [(value, str(words).replace("%(landlord)s", landlord)) for value, words in choices]


def behaviour_choices() -> list[tuple[str | Promise, Choices]]:
    """Grouped as on the page, ending with the choice for whoever is not sure."""
    groups: list[tuple[str | Promise, Choices]] = [
        (heading, [(key, BEHAVIOUR_WORDS[key].public) for key in keys]) for heading, keys in GROUPS
    ]
    return [*groups, (_("None of these"), [(UNSURE, _("Something else, or I am not sure"))])]


def behaviour_hints() -> dict[str, str]:
    hints = {key: str(words.hint) for key, words in BEHAVIOUR_WORDS.items() if words.hint}
    return hints | {UNSURE: str(_("You can tell us in your own words on the next page"))}
