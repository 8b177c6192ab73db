"""`make reset`: remove `.local/`, unless somebody is using it."""

from __future__ import annotations

import sys

from asbcases.local import locks, paths
from asbcases.local.paths import ROOT, Home


def main() -> int:
    home = Home(ROOT / ".local")
    if any(map(locks.kept, (home, *home.of_tests()))):
        sys.stderr.write("the private servers are running: stop `make run` and `make test` first\n")
        return 1
    paths.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
