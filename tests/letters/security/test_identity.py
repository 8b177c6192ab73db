"""The identity of whoever complained does not reach the respondent by any way a letter has."""

from io import BytesIO

import pikepdf
import pytest

from cases.choices import PartyRole
from cases.models import Case, Person
from cases.services.people import Told, add_party
from letters.firewall.engine import Protected, Reader, scan
from letters.models import Letter, Print
from letters.pdf.stand_ins import in_print
from letters.reading import Reading, read
from letters.services import begin_letter, change_letter, make_letter
from letters.services.writing import writing_of
from tests.factories.world import MONDAY, Side
from tests.letters.test_writing import ANSWERS, begun, respondent, to_respondent
from timeline.actors import system
from timeline.models import Event
from triage.facts import Facts
from triage.services import Submission, submit_report

THEM = Protected(
    "complainant",
    ("Priya Ramanathan",),
    ("Flat 14, Larkspur Court, Bramble Road, Northmoor, ZZ4 9QT",),
    ("07700 900461",),
    ("priya.r@inbox.example",),
    ("ZZ19 KLM",),
    ("The music starts after eleven and my baby wakes every time the bass comes through the bedroom wall",),
)
READER = Reader(("Dale Hughes",), ("Flat 9, Larkspur Court, Bramble Road, Northmoor, ZZ4 9QT",))


def reading(letter: Letter) -> Reading:
    found = Letter.objects.select_related("case", "person").get(pk=letter.pk)
    return read(found, writing_of(found))


def another_case(side: Side, who: str, said: str = "It happened again") -> Case:
    """Somebody else complains of the same household."""
    told = {
        "behaviours": ("noise",),
        "received_at": MONDAY,
        "channel": "telephone",
        "reporter": "tenant",
        "respondent": "tenant",
    }
    about = respondent(side)
    made = submit_report(
        Submission(
            Facts.model_validate(told),
            description=said,
            reporter=Told(name=who, address="3 Holly Lane"),
            respondent=Told(name=about.name, address=about.address),
        ),
        by=system("Tests"),
    )
    assert made.case is not None
    return made.case


@pytest.mark.parametrize(
    "words",
    [
        "Рriуа told us",
        "Pri\u200bya told us",
        "Pri\u00adya told us",
        "P\u0336r\u0336i\u0336y\u0336a told us",
        "𝓟𝓻𝓲𝔂𝓪 told us",
        "ᴘʀɪʏᴀ told us",
        "P r i y a told us",
        "P.r.i.y.a told us",
        "Pr1y4 told us",
        "Preeya told us",
        "Ms R told us",
        "Ramanathan, P.",
        "askPriyaNow",
        "#priyaramanathan",
        "as IMG_priya_0142.jpg shows",
        "as RamanathanP1.png shows",
        "Pri\nya told us",
        "Priya\nRamanathan",
        "call +44 (0)7700-900-461",
        "call ٠٧٧٠٠٩٠٠٤٦١",
        "call 07700\n900461",
        "call O77OO 9OO461",
        "the number ending 461",
        "oh double seven double oh nine double oh four six one",
        "at flat fourteen",
        "at Fourteen, Larkspur Court",
        "your neighbour at 14",
        "a car, ZZ19KLM",
        "a car, Z Z 1 9 K L M",
        "the plate ending KLM",
        "priya dot r at inbox dot example",
        "my baby wakes every time the bass\ncomes through the bedroom wall",
    ],
)
def test_disguises_of_whoever_complained_are_found(words: str) -> None:
    assert scan(words.split("\n"), [THEM], READER) != []


@pytest.mark.parametrize(
    "words",
    [
        "The flat above yours can hear it",
        "A mother with a small baby told us",
        "On Tuesday 14 May at 23:17",
        "mon bébé se réveille chaque fois que les basses traversent le mur",
        "an infant is disturbed whenever low notes are heard next door",
        "பிரியா told us",
    ],
)
def test_what_no_search_can_tell_stays_with_the_officer(words: str) -> None:
    """Landmarks, moments, other tongues: as the record of decision 16 says. Whoever mends one finds it here."""
    assert scan([words], [THEM], READER) == []


@pytest.mark.parametrize(
    "hidden",
    [chr(place) for place in (0xAD, 0x34F, 0x200B, 0x200C, 0x2060, 0x2066, 0x202E, 0x3164, 0xE0101, 0xFEFF)],
    ids=lambda one: f"{ord(one):x}",
)
def test_no_sign_that_is_not_seen_hides_a_name(hidden: str) -> None:
    assert scan([f"Ramana{hidden}than told us"], [THEM], READER) != []
    assert scan([in_print(f"Ramana{hidden}than told us")], [THEM], READER) != []


def test_every_text_of_a_letter_is_searched(here: Side) -> None:
    """Each answer, and what the officer adds."""
    name = here.complainant.name.split()[0]
    for asked in ANSWERS:
        letter = begun(here, "appointment", "respondent")
        change_letter(
            letter,
            answers={**ANSWERS, asked: f"{name} says so"},
            own_words="",
            form="standard",
            by=here.actor(),
        )
        assert [hit.found for hit in reading(letter).hits] == [name], asked
    letter = to_respondent(here, "shouting")
    change_letter(letter, answers=ANSWERS, own_words=f"ask {name}", form="standard", by=here.actor())
    assert [hit.found for hit in reading(letter).hits] == [name]


def test_a_witness_and_a_second_complainant_are_looked_for_as_well(here: Side) -> None:
    for name, role in (("Gareth Pemberton", PartyRole.WITNESS), ("Ines Valdecasas", PartyRole.COMPLAINANT)):
        person = Person.objects.create(landlord=here.landlord, name=name, name_key=name.casefold())
        letter = to_respondent(here, f"{name} says so")
        assert reading(letter).hits == []
        add_party(here.case, person, role)
        assert [hit.label for hit in reading(letter).hits] == [role]


def test_one_complainant_does_not_learn_of_another(here: Side) -> None:
    other = Person.objects.create(landlord=here.landlord, name="Ines Valdecasas", name_key="ines valdecasas")
    add_party(here.case, other, PartyRole.COMPLAINANT)
    letter = begun(here, "acknowledgement")
    change_letter(letter, answers={}, own_words="Ines has told us too", form="standard", by=here.actor())
    assert [hit.found for hit in reading(letter).hits] == ["Ines"]


def test_a_respondent_of_the_same_name_reads_their_own_and_nobody_elses(here: Side) -> None:
    """Father and son: the name tells nothing, the home does."""
    reader = respondent(here)
    Person.objects.filter(pk=here.complainant.pk).update(name=reader.name, address="16 Larkspur Court")
    assert reading(to_respondent(here, f"what {reader.name} said")).hits == []
    assert [hit.found for hit in reading(to_respondent(here, "shouting at 16 Larkspur Court")).hits] == [
        "16 Larkspur Court"
    ]


def test_somebody_whose_case_was_merged_into_this_one_is_looked_for(here: Side) -> None:
    from cases.services.rearranging import merge_cases

    said = "He threw bottles over the fence at the trampoline last night"
    source = another_case(here, "Gareth Pemberton", said)
    merge_cases(source, here.case, reason="The same matter", by=here.actor("manager"))
    assert [hit.found for hit in reading(to_respondent(here, "Gareth told us")).hits] == ["Gareth"]
    assert [hit.kind for hit in reading(to_respondent(here, said)).hits] == ["quote"]


def test_the_pdf_tells_nothing_the_page_does_not(here: Side) -> None:
    """No name of a file, no author, no attachment, no link; its title is the heading that was searched."""
    letter = make_letter(to_respondent(here, "shouting"), by=here.actor())
    content = bytes(Print.objects.get().content)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert {str(name) for name in pdf.docinfo} <= {"/Title", "/Producer"}
        assert str(pdf.docinfo["/Title"]) == Letter.objects.get().document["subject"]  # type: ignore[index]
        assert len(pdf.attachments) == 0
        assert [one for page in pdf.pages for one in page.get("/Annots", [])] == []
        everything = b"".join(one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream))
    for secret in (here.complainant.name, here.submitted.report.reference, here.complainant.email):
        assert secret.encode() not in content + everything
        assert secret.encode("utf-16-be") not in content + everything
    assert letter.sha256 in str(Event.objects.latest("pk").payload)


def test_the_respondent_has_no_number_of_a_report(here: Side) -> None:
    letter = reading(to_respondent(here, "shouting"))
    assert here.submitted.report.reference not in "\n".join(letter.document.texts())
    assert letter.hits == []


def test_a_stop_is_on_record_without_what_was_found(here: Side) -> None:
    from letters.services.making import Stopped

    name = here.complainant.name
    with pytest.raises(Stopped):
        make_letter(to_respondent(here, f"{name} says so"), by=here.actor())
    event = Event.objects.latest("pk")
    assert (event.verb, event.payload["found"]) == ("letter_stopped", ["name_part"])
    assert not any(part in str(event.payload) for part in name.split())


def test_what_is_typed_never_becomes_a_value(here: Side) -> None:
    """Not even those this reader may have."""
    letter = to_respondent(here, "[promised] {{ case.title }} {% debug %} [officer]")
    assert "[promised] {{ case.title }} {% debug %} [officer]" in "\n".join(reading(letter).document.texts())


def test_no_value_of_the_other_side_is_open_to_a_respondent(here: Side) -> None:
    from letters.kinds import Audience
    from letters.values import open_to

    letter = begin_letter(
        here.case,
        kind="first_warning",
        audience="respondent",
        person_id=respondent(here).pk,
        by=here.actor(),
    )
    writing = writing_of(letter)
    texts = [str(one.value(writing)) for one in open_to(Audience.RESPONDENT).values()]
    told = "\n".join(texts)
    report = here.submitted.report
    for secret in (
        "Amina",
        here.complainant.email,
        here.complainant.phone,
        report.description,
        report.reference,
    ):
        assert secret not in told


@pytest.mark.parametrize(
    "words", ["P.R. told us", "what P. R. said", "Oka\U0001f3fbfor told us", "Oka\ufdd0for told us"]
)
def test_initials_and_signs_that_are_not_printed(words: str) -> None:
    them = [THEM, Protected("witness", ("Chidi Okafor",))]
    assert scan([words], them, READER) != []
    assert scan(["Mr P. R. Jones", "the PR team"], them, READER) == []


def test_nothing_is_printed_in_another_order_than_it_was_searched_in() -> None:
    assert in_print("\u202eayirP\u202c and \u2067ayirP\u2069") == "ayirP and ayirP"
