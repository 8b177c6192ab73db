"""The mail server and the folder of the outbox."""

from tests.letters.outbox.conftest import box, kept

__all__ = ["box", "kept"]
