"""Telling homes apart by how people write them."""

FEWEST_WORDS = 2
"""An address of one word, such as a town, would match half the landlord's homes."""


def address_words(address: str) -> tuple[str, ...]:
    """The words of an address as they are compared: case, commas and line ends do not tell homes apart."""
    return tuple("".join(letter if letter.isalnum() else " " for letter in address.casefold()).split())


def same_home(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter of two addresses is how the longer begins."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= FEWEST_WORDS and longer[: len(shorter)] == shorter
