"""What staff and the public call each behaviour."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.taxonomy import behaviour_words, complainant_kinds, hate_strand_words, respondent_kinds


@dataclass(frozen=True)
class Words:
    """``staff`` is short; ``public`` is in plain words, with a ``hint`` where the words alone leave a doubt."""

    staff: str | Promise
    public: str | Promise
    hint: str | Promise = ""


BEHAVIOUR_WORDS: dict[str, Words] = {
    "noise": Words(_("Noise"), _("Loud or late noise"), _("Music, parties, shouting, barking, banging")),
    "everyday_living_noise": Words(
        _("Everyday living noise"),
        _("Everyday noise through the walls"),
        _("Footsteps, talking, washing machine"),
    ),
    "physical_violence": Words(_("Physical violence"), _("Someone is hitting or hurting people")),
    "threats_of_violence": Words(_("Threats of violence"), _("Threats to hurt someone or damage things")),
    "harassment_intimidation": Words(
        _("Harassment or intimidation"),
        _("Following, watching or bullying"),
        _("Again and again, in person or online"),
    ),
    "verbal_abuse": Words(_("Verbal abuse"), _("Shouting or swearing at people")),
    "hate_incident": Words(
        _("Hate incident"),
        _("Picking on someone because of who they are"),
        _("Race, religion, disability, sexuality or gender identity"),
    ),
    "domestic_abuse": Words(
        _("Domestic abuse"), _("Someone is hurt or controlled by a partner, ex or family member")
    ),
    "cuckooing": Words(_("Cuckooing"), _("Someone’s home has been taken over by other people")),
    "drug_dealing": Words(_("Drug dealing"), _("Selling drugs")),
    "drug_production": Words(_("Drug production"), _("Making or growing drugs")),
    "drug_use": Words(_("Drug use"), _("People using drugs"), _("For example, a strong smell of cannabis")),
    "alcohol_nuisance": Words(_("Alcohol nuisance"), _("Drunk people causing trouble")),
    "prostitution": Words(_("Prostitution"), _("People paying for sex")),
    "arson": Words(_("Arson"), _("Setting things on fire")),
    "burglary": Words(_("Burglary"), _("Breaking in")),
    "other_criminal": Words(_("Other crime"), _("Another crime")),
    "youth_disorder_serious": Words(
        _("Serious youth disorder"), _("Young people frightening others or breaking the law")
    ),
    "youth_disorder_minor": Words(_("Minor youth disorder"), _("Young people being a nuisance")),
    "communal_area_misuse": Words(
        _("Misuse of communal areas"), _("Trouble in stairs, landings, bin stores or car parks")
    ),
    "vandalism_graffiti": Words(_("Vandalism or graffiti"), _("Damage or graffiti")),
    "litter_fly_tipping": Words(_("Litter or fly-tipping"), _("Rubbish or dumped things")),
    "garden_nuisance": Words(_("Garden nuisance"), _("A garden causing problems")),
    "dangerous_dog": Words(_("Dangerous dog"), _("A dog that frightens or attacks people")),
    "animal_nuisance": Words(
        _("Animal nuisance"), _("Other problems with pets"), _("Mess, smell, too many animals")
    ),
    "vehicle_nuisance": Words(
        _("Vehicle nuisance"), _("Problems with vehicles"), _("Car repairs, revving, racing, off-road bikes")
    ),
    "parking": Words(_("Parking"), _("Parking")),
    "neighbour_dispute": Words(
        _("Neighbour dispute"),
        _("A falling-out with a neighbour"),
        _("Boundaries, social media, not getting on"),
    ),
}

GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("Noise"), ("noise", "everyday_living_noise")),
    (
        _("People being hurt, threatened or picked on"),
        (
            "physical_violence",
            "threats_of_violence",
            "harassment_intimidation",
            "verbal_abuse",
            "hate_incident",
            "domestic_abuse",
            "cuckooing",
        ),
    ),
    (
        _("Drugs, drink and crime"),
        (
            "drug_dealing",
            "drug_production",
            "drug_use",
            "alcohol_nuisance",
            "prostitution",
            "arson",
            "burglary",
            "other_criminal",
        ),
    ),
    (
        _("Shared areas, gardens and rubbish"),
        (
            "communal_area_misuse",
            "youth_disorder_serious",
            "youth_disorder_minor",
            "vandalism_graffiti",
            "litter_fly_tipping",
            "garden_nuisance",
        ),
    ),
    (_("Animals and vehicles"), ("dangerous_dog", "animal_nuisance", "vehicle_nuisance", "parking")),
    (_("Neighbours"), ("neighbour_dispute",)),
)
"""The order and headings of the public form; every behaviour stands in exactly one group."""

HATE_STRAND_WORDS: dict[str, str | Promise] = {
    "race": _("Race"),
    "religion": _("Religion"),
    "sexual_orientation": _("Sexual orientation"),
    "disability": _("Disability"),
    "transgender": _("Transgender identity"),
    "age": _("Age"),
    "sex_or_gender": _("Sex or gender"),
    "other": _("Something else"),
}

ROUTE_WORDS: dict[str, str | Promise] = {
    "asb": _("Anti-social behaviour"),
    "good_neighbourhood": _("Good neighbourhood"),
    "refer": _("Refer to another agency"),
    "not_asb": _("Not anti-social behaviour"),
    "out_of_scope": _("Outside this policy"),
}

CHANNEL_WORDS: dict[str, str | Promise] = {
    "web": _("Our website"),
    "telephone": _("Telephone"),
    "email": _("E-mail"),
    "letter": _("Letter"),
    "in_person": _("In person"),
    "text": _("Text message"),
    "social_media": _("Social media"),
    "portal": _("Customer portal"),
    "councillor_or_mp": _("Councillor or MP"),
    "partner": _("Partner agency"),
    "app": _("App"),
    "api": _("Partner system"),
    "staff": _("A colleague"),
}

REPORTER_WORDS: dict[str, str | Promise] = {
    "tenant": _("Tenant"),
    "shared_owner": _("Shared owner"),
    "leaseholder": _("Leaseholder"),
    "non_customer": _("Not a customer"),
    "staff": _("Colleague"),
    "contractor": _("Contractor"),
    "agency": _("Another agency"),
    "unknown": _("Not known"),
}

RESPONDENT_WORDS: dict[str, str | Promise] = {
    "tenant": _("Our tenant"),
    "household": _("Lives with our tenant"),
    "visitor": _("Visits our tenant"),
    "shared_owner": _("Shared owner"),
    "leaseholder": _("Leaseholder"),
    "private": _("Private home"),
    "other_landlord": _("Another landlord’s tenant"),
    "unknown": _("Not known"),
}


def behaviours_in_words(behaviours: list[str]) -> str:
    """ "Noise, verbal abuse" for a title or a list."""
    words = [str(BEHAVIOUR_WORDS[key].staff) for key in behaviours]
    return ", ".join([*words[:1], *(word[:1].lower() + word[1:] for word in words[1:])])


def name_the_taxonomy() -> None:
    """Tell case files, which know only keys, what staff call each behaviour and each kind of person."""
    for _heading, behaviours in GROUPS:
        for key in behaviours:
            behaviour_words.register(key, BEHAVIOUR_WORDS[key].staff)
    for key, words in HATE_STRAND_WORDS.items():
        hate_strand_words.register(key, words)
    for key, words in REPORTER_WORDS.items():
        complainant_kinds.register(key, words)
    for key, words in RESPONDENT_WORDS.items():
        respondent_kinds.register(key, words)
