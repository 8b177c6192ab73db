"""What each tool of each landlord needs, read from the printed documents by hand.

``answers``: the right answer to each question with the clause that asks for it, empty where none does. ``file``: the
clauses of what has to be on the file beside them, in the order they are asked. ``when``: answers that bring others.
"""

from dataclasses import dataclass, field

Answers = dict[str, tuple[bool | str, str]]


@dataclass(frozen=True)
class Needs:
    answers: Answers = field(default_factory=dict)
    file: list[str] = field(default_factory=list)


def needs(*file: str, **answers: tuple[bool | str, str]) -> Needs:
    return Needs(answers, list(file))


FREE = Needs()

PFP_LEGAL: Answers = {
    "persistent": (True, "PFP-103"),
    "exhausted": (True, "PFP-103"),
    "tried": ("Mediation, two warnings", "PFP-033"),
    "measured": ("Every night for months", "PFP-027"),
    "still_proportionate": (True, "PFP-110"),
    "serious": (True, "PFP-035"),
    "tenancy_clause": ("3.1", "PFP-018"),
    "protected_characteristic": ("No", "PFP-016"),
}
PFP_FILE = ["PFP-064", "PFP-104", "PFP-105", "PFP-107", "PFP-108", "PFP-108"]
PFP_STEP = Needs(PFP_LEGAL, PFP_FILE)
PD_LEGAL: Answers = {
    "proportionate": ("It fits", "PD-094"),
    "protected_characteristic": (False, "PD-067"),
    "evidence": ("Ten recordings", "PD-097"),
    "witnesses": ("Two neighbours", "PD-099"),
    "community_impact": ("The landing", "PD-099"),
    "human_rights": ("Article 8", "PD-099"),
}
PD_STEP = Needs(PD_LEGAL, ["PD-066"])
VV_LEGAL: Answers = {
    "reviewed_again": (True, "VV-038"),
    "proportionality": ("Both sides", "VV-039"),
    "appropriate": ("It fits", "VV-035"),
    "sufficient_evidence": (True, "VV-035"),
}
VV_STEP = Needs(VV_LEGAL, ["VV-005", "VV-038"])
DH_LEGAL: Answers = {
    "options": ("A warning", "DH-062"),
    "proportionate": ("It fits", "DH-093"),
    "support_needs": ("Floating support", "DH-080"),
}
DH_STEP = Needs(DH_LEGAL)
DH_HOME = Needs(DH_LEGAL, ["DH-088"])
BH_LEGAL: Answers = {
    "support": ("Offered, and they have not engaged", "BH-060"),
    "support_words": ("Three letters", "BH-061"),
    "early_intervention": ("Mediation in May", "BH-017"),
    "reveals_identity": (False, "BH-039"),
}
BH_STEP = Needs(BH_LEGAL)
NM_STEP = needs("3.2", proportionate=("It fits", "7.3"))
TOGETHER = needs(
    all_willing=(True, "BH-074"), serious_criminality=(False, "BH-075"), power_imbalance=(False, "BH-076")
)

GOLDEN: dict[str, dict[str, Needs]] = {
    "plus-dane": {
        **dict.fromkeys(
            ["interview", "verbal_warning", "written_warning", "mediation", "aba", "parenting_agreement"],
            FREE,
        ),
        "visit": needs(welfare_considered=(True, "PD-145")),
        **dict.fromkeys(["good_neighbour_agreement", "good_neighbour_management", "diversion"], FREE),
        **dict.fromkeys(["target_hardening", "noise_equipment", "cctv", "partner_power"], FREE),
        "resident_action": needs(
            minor=(True, "PD-095"), perceived_risk=(False, "PD-095"), advice=("Knock in daylight", "PD-149")
        ),
        **dict.fromkeys(
            ["injunction", "notice_seeking_possession", "possession", "absolute_ground"], PD_STEP
        ),
        **dict.fromkeys(["section_21", "forfeiture"], PD_STEP),
    },
    "derby-homes": {
        **dict.fromkeys(
            ["written_warning", "mediation", "noise_equipment", "cctv", "parenting_contract"], FREE
        ),
        **dict.fromkeys(["abc", "good_neighbour_agreement", "diversion", "target_hardening"], FREE),
        "professional_witness": FREE,
        "multi_agency_discussion": needs(who=("Social Services", "DH-088"), notes=("Agreed", "DH-088")),
        "move": needs(exceptional=(True, "DH-092"), exceptional_why=("A threat to life", "DH-092")),
        **dict.fromkeys(["cpw", "cpn", "injunction", "suspend_right_to_buy", "extend_introductory"], DH_STEP),
        **dict.fromkeys(["demotion", "family_intervention_tenancy"], DH_STEP),
        **dict.fromkeys(["possession", "eviction"], DH_HOME),
        **dict.fromkeys(["noise_abatement_notice", "criminal_behaviour_order", "closure"], FREE),
    },
    "believe": {
        "verbal_warning": needs(
            behaviour=("Shouting", "BH-067"), effect=("No sleep", "BH-067"), consequences=("Court", "BH-068")
        ),
        "written_warning": needs(
            behaviour=("Shouting", "BH-069"), effect=("No sleep", "BH-069"), tenancy_clauses=("4.2", "BH-070")
        ),
        "mediation": TOGETHER,
        "restorative_justice": TOGETHER,
        "abc": needs(answer=("Refused", "BH-058"), under_18=(False, "BH-058")),
        "noise_equipment": needs("BH-063"),
        "cctv": needs(reasonable=("The stairs only", "BH-064"), ripa=("Open cameras", "BH-064")),
        **dict.fromkeys(["target_hardening", "diversion", "refuse_mutual_exchange", "cpn"], FREE),
        **dict.fromkeys(["criminal_behaviour_order", "public_spaces_protection_order", "closure"], FREE),
        **dict.fromkeys(["injunction", "demotion", "forfeiture", "suspend_right_to_buy"], BH_STEP),
        "notice_seeking_possession": Needs(
            {**BH_LEGAL, "grounds": ("14", "BH-081"), "reasons": ("Noise every night", "BH-081")}
        ),
        "possession": Needs(
            {
                **BH_LEGAL,
                "serious": (True, "BH-084"),
                "persistent": (True, "BH-084"),
                "methods_tried": (True, "BH-084"),
            }
        ),
        "absolute_ground": Needs(
            {
                **BH_LEGAL,
                "assured": (True, "BH-086"),
                "proven": (True, "BH-086"),
                "who": ("A person visiting", "BH-087"),
                "condition": ("Convicted of breaching a Noise Abatement Notice", "BH-087"),
            }
        ),
    },
    "places-for-people": {
        **dict.fromkeys(["written_warning", "mediation", "restorative_justice", "aba"], FREE),
        "home_visit": needs(risks=("A dog", "PFP-139"), high_risk=(False, "PFP-090")),
        "resident_action": needs(safe=(True, "PFP-009"), when_we_act=("If it goes on", "PFP-009")),
        "target_hardening": needs(what=("A door viewer", "PFP-132")),
        "case_conference": needs(notes=("Agreed to go on", "PFP-104")),
        **dict.fromkeys(
            ["injunction", "notice_seeking_possession", "possession", "absolute_ground"], PFP_STEP
        ),
        "forfeiture": Needs({**PFP_LEGAL, "homeownership_team": (True, "PFP-069")}, PFP_FILE),
    },
    "vivid": {
        **dict.fromkeys(["written_warning", "interview", "partnership_visit", "aba", "mediation"], FREE),
        **dict.fromkeys(
            ["good_neighbour_agreement", "closure", "criminal_behaviour_order", "dispersal"], FREE
        ),
        **dict.fromkeys(["noise_abatement_notice", "public_spaces_protection_order", "cpn"], FREE),
        **dict.fromkeys(["undertaking", "injunction", "notice_seeking_possession", "section_21"], VV_STEP),
        **dict.fromkeys(["demotion", "possession", "suspended_possession", "absolute_ground"], VV_STEP),
        "forfeiture": VV_STEP,
    },
    "northmoor": {
        **dict.fromkeys(["verbal_warning", "written_warning", "abc"], FREE),
        "mediation": needs(all_willing=(True, "7.2")),
        **dict.fromkeys(["antisocial_behaviour_order", "notice_of_proceedings", "possession"], NM_STEP),
    },
}
