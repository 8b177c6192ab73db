"""Packages that must not be installed, checked because the name of a good one is one letter away."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, distribution

BANNED = {
    "django-fsm": "inactive, its next major version AGPL; ours is `django-fsm-2`, of the same import",
}


def main() -> int:
    found = [f"{name} is installed: {why}" for name, why in BANNED.items() if _installed(name)]
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


def _installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
