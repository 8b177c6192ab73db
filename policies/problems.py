"""What is wrong in a file of data, before anybody says where the file lies."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a policy file, in the reader's words."""

    path: str
    value: Any
    expected: str
    message: str
