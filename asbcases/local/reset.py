"""`make reset`: remove `.local/`, unless somebody is using it."""

from __future__ import annotations

import sys

from asbcases.local import paths, servers
from asbcases.local.paths import ROOT, Home


def main() -> int:
    link = ROOT / ".local"
    if link.exists() and servers.kept(Home(link)):
        sys.stderr.write("the private servers are running: stop `make run` first\n")
        return 1
    paths.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
