"""Forks workers that can be killed one by one. Django is set up once here, so that a worker is at work at once
and a kill finds it in the middle of something, not starting.

Where ``STUCK_AT`` is the id of a printed letter, whoever comes to it in making a print file is stuck there for ever.

It says when it is ready. Then: one line in (job, landlord, instant), one line out, the worker's process id.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime

import django

from asbcases.local import processes

REST = 0.01  # seconds between two rounds of one worker
KIND = "fault_test"


def work(job: Callable[[int], int], landlord_id: int, at: datetime) -> None:
    """Do the same job again and again until somebody ends the process."""
    from timeline.clock import clock_at

    processes.stop_with_parent()
    with clock_at(at):
        while True:
            job(landlord_id)
            time.sleep(REST)


def jobs() -> dict[str, Callable[[int], int]]:
    from cases.sweep import sweep_landlord
    from letters.outbox.printing import make_due_for
    from letters.outbox.relay import deliver_for as deliver_letters
    from timeline.models import Notification
    from timeline.outbox import Mail, composers, deliver_for

    def compose(row: Notification) -> Mail:
        return Mail([f"{row.key}@example.org"], "Something is due", "Open it in the product.")

    composers.register(KIND, compose)
    return {
        "sweep": sweep_landlord,
        "deliver": deliver_for,
        "letters": deliver_letters,
        "batches": make_due_for,
    }


def stick_at(printed_letter: int) -> None:
    """A kill then finds it there, however late it comes."""
    from letters.models import PrintedLetter
    from letters.outbox import printing
    from letters.pdf.batch import Finished

    finished = printing._finished

    def stuck(row: PrintedLetter) -> tuple[PrintedLetter, Finished] | None:
        if row.pk == printed_letter:
            signal.pause()
        return finished(row)

    printing._finished = stuck


def main() -> None:
    processes.stop_with_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed are taken away without being asked after
    django.setup()
    known = jobs()
    if letter := os.environ.get("STUCK_AT"):
        stick_at(int(letter))
    _say("ready")
    for line in sys.stdin:
        job, landlord_id, at = line.split()
        worker = os.fork()
        if worker == 0:
            work(known[job], int(landlord_id), datetime.fromisoformat(at))
        _say(str(worker))


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
