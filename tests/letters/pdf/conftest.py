from collections.abc import Iterator

import pytest

from letters.pdf.workers import Printers


@pytest.fixture(scope="package")
def printers() -> Iterator[Printers]:
    """One process for all that only want a letter set."""
    with Printers(1, seconds=60) as one:
        yield one
