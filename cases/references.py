"""References that identify a report or a case and reveal nothing: no order, no volume, no person."""

import re
import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
LENGTH = 10
_FORM = re.compile(r"[A-Z]{2}-[0-9A-Z]{5}-[0-9A-Z]{5}")


def new_reference(prefix: str) -> str:
    """``prefix`` and ten Crockford base-32 characters (50 bits), grouped for reading aloud: VV-7K4M2-QX9RT."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))
    return f"{prefix}-{code[:5]}-{code[5:]}"


def normalise(text: str) -> str:
    """What a person typed, as the reference it means; letters easily misread are put right."""
    plain = "".join(text.upper().split()).replace("-", "")
    prefix, code = plain[:2], plain[2:].translate(_LOOKALIKES)
    return f"{prefix}-{code[:5]}-{code[5:]}"


def is_reference(text: str) -> bool:
    """Whether it has the form of one; anything else need not be looked up."""
    return _FORM.fullmatch(text) is not None
