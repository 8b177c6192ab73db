"""How plain a text is: short sentences, no words of our trade."""

import re

ORDINARY, EASY_READ = 20, 12
"""The most words that a sentence has on average."""
OLDEST, OLDEST_EASY = 11, 8
"""Years of age at which the standard words, and those of easy read, can be read at the latest."""
NAME_OF_THE_REVIEW = "ASB case review"
JARGON = (
    """
abatement, accommodate, aforementioned, allegation, allegations, alleged, allocated, antisocial, asb,
assess, assessment, breach, categorise, category, cease, commence, complainant, comply, concerning,
detrimental, disclose, disposal, eligible, endeavour, enforce, enforcement, escalate, expedite,
facilitate, forthwith, furthermore, hereby, herein, holistic, implement, in accordance, in respect of,
instigate, intervention, liaise, mitigate, multi-agency, non-compliance, notwithstanding, nuisance,
offender, operative, perpetrator, perpetrators, persons, prior to, proceedings, proportionate, pursuant,
ram, regarding, remedy, residing, respondent, safeguarding, signpost, signposting, stakeholder,
subsequently, sustain, terminate, threshold, triage, undersigned, utilise, victim, victims, whilst
""".replace("\n", " ")
    .strip()
    .split(", ")
)
SHORTEST = 3
"""Words. Greetings and names are shorter, and no sentences."""
_WORD = re.compile(r"[^\W_]+(?:[’'.@/-][^\W_]+)*")


def sentences(text: str) -> list[str]:
    """Headings, list items and paragraphs end a sentence, and so do full stops, question marks and colons."""
    lines = [line.strip().removeprefix("- ").removeprefix("# ") for line in text.splitlines()]
    parts = (part for line in lines for part in re.split(r"(?<=[.?!:])\s+", line))
    return [part for part in parts if _WORD.search(part)]


def words_in(text: str) -> list[str]:
    """A placeholder counts as one word."""
    return _WORD.findall(text.replace("[", " ").replace("]", " ").replace("_", "x"))


def average(text: str) -> float:
    """Words in a sentence."""
    lengths = [length for length in map(len, map(words_in, sentences(text))) if length >= SHORTEST]
    return sum(lengths) / len(lengths)


def reading_age(text: str) -> float:
    """In years: the school year of the Flesch-Kincaid formula, and five."""
    said = [
        words
        for words in map(words_in, sentences(re.sub(r"\[[a-z_]+\]", "it", text)))
        if len(words) >= SHORTEST
    ]
    words = [word for sentence in said for word in sentence]
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(said) + 11.8 * syllables / len(words) - 15.59 + 5


def _syllables(word: str) -> int:
    """Groups of vowels; an e at the end is not spoken, but in “table” and “the”."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", letters))
    silent = re.search(r"[^aeiouyl]e[sd]?$", letters) and not re.search(
        r"[td]ed$|(?:ch|sh|[scxz])es$", letters
    )
    return max(1, groups - 1 if silent and groups > 1 else groups)


def jargon_in(text: str, *, names: tuple[str, ...] = ()) -> list[str]:
    """``names`` are what something is called, and stay as they are."""
    plain = re.sub(r"\[[a-z_]+\]", " ", text)
    for name in (NAME_OF_THE_REVIEW, *names):
        plain = plain.replace(name, " ")
    return [word for word in JARGON if re.search(rf"\b{re.escape(word)}\b", plain.lower())]
