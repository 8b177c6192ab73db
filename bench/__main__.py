"""``python -m bench [part …]``: one table of everything that has a target, measured on this machine.

Nothing here is part of a test: times depend on the machine, and on what else it is doing.
"""

import argparse
import os
import sys
from collections.abc import Callable

import django

from bench import database
from bench.table import Line, as_table

PARTS = ("dates", "triage", "pages", "sweep", "letters", "firewall")


def main() -> int:
    options = _options()
    chosen = options.part or list(PARTS)
    with database.servers():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asbcases.settings")
        django.setup()
        from bench import calculating, firewall, letters, pages, sweeping

        run: dict[str, Callable[[], list[Line]]] = {
            "dates": calculating.dates,
            "triage": calculating.triage,
            "pages": lambda: pages.measure(options.cases),
            "sweep": lambda: sweeping.measure(options.clocks),
            "letters": lambda: letters.measure(options.letters),
            "firewall": firewall.measure,
        }
        lines = [line for part in chosen for line in run[part]()]
    sys.stdout.write(as_table(lines))
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    sys.stdout.write(
        f"\nLoad of this machine: {busy:.1f} on {cores} cores; above that, times tell about others too.\n"
    )
    return 0 if all(line.holds for line in lines) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help="which parts; all when left out")
    parser.add_argument("--cases", type=int, default=20_000, help="cases of each of two landlords")
    parser.add_argument("--clocks", type=int, default=1_000_000, help="open clocks of twenty landlords")
    parser.add_argument("--letters", type=int, default=2_000, help="letters that one process makes")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
