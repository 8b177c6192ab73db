"""The keeper: the direct parent of the private servers, alive as long as anybody uses them.

Whoever uses the servers holds the lease, a lock shared among them. A lock goes away with its holder, even one
that was killed, so the keeper needs no list: when it can take the lease for itself, nobody is left, and it
stops the servers. Commands and `make run` may so come and go in any order.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from pathlib import Path

from asbcases.local import locks, processes
from asbcases.local.engines import NoEngine, find_valkey
from asbcases.local.locks import Lock
from asbcases.local.paths import Home
from asbcases.local.postgres import PrivatePostgres
from asbcases.local.valkey import PrivateValkey

_LOOK_EVERY = 0.2  # seconds


class Keeper:
    def __init__(self, home: Home, *, throwaway: bool) -> None:
        self.home = home
        runs_as = processes.choose_user([str(find_valkey()), "--version"])
        self.servers: list[PrivatePostgres | PrivateValkey] = [
            PrivatePostgres(home, runs_as, throwaway=throwaway),
            PrivateValkey(home, runs_as),
        ]
        self.told_to_stop = False

    def run(self) -> None:
        """Start the servers, watch over them, and stop them when nobody uses them."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._tell)
        try:
            for server in self.servers:
                server.start()
            self.home.ready.write_text(f"{os.getpid()}\n")
            lease = self._watch()
        finally:
            self._stop()
        if lease:
            lease.close()

    def _tell(self, number: int, frame: object) -> None:
        self.told_to_stop = True

    def _watch(self) -> Lock | None:
        while not self.told_to_stop:
            if lease := locks.take(self.home.lease):
                return lease
            for server in self.servers:
                if server.child is not None and server.child.poll() is not None:
                    server.start()  # it was killed or crashed; its data is safe
            time.sleep(_LOOK_EVERY)
        return None

    def _stop(self) -> None:
        for server in reversed(self.servers):
            if server.child is not None:
                processes.stop(server.child, server.stop_signal)
        self.home.ready.unlink(missing_ok=True)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--throwaway", action="store_true")
    given = arguments.parse_args()
    home = Home(given.folder)
    lock = locks.take(home.lock)
    if lock is None:
        return  # another keeper was quicker
    home.ready.unlink(missing_ok=True)
    try:
        Keeper(home, throwaway=given.throwaway).run()
    except (NoEngine, TimeoutError, RuntimeError, OSError) as error:
        sys.exit(str(error))
    finally:
        lock.close()


if __name__ == "__main__":
    main()
