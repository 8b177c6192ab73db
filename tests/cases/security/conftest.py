"""Evidence of a test goes to a folder of its own."""

from tests.cases.evidence.conftest import root

__all__ = ["root"]
