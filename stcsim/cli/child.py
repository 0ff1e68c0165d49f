"""One command in a process that ends when the one which started it has gone, as a job of the dashboard does.

``python -m stcsim.cli.child PARENT WORD...`` runs the command line with these words. A thread looks
whether its parent is still there; where it is not, not even an answer would be read, so the whole group of
processes ends at once.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

LOOK_SECONDS = 0.5
"""How often the parent is looked for."""
LINE_SECONDS = 1.0
"""How often a line tells of the progress: more often than on a terminal, since somebody looks at a bar."""
NICENESS = 10
"""Pages go before jobs."""


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.killpg(os.getpgid(0), signal.SIGKILL)


def main() -> int:
    """Run the words behind the parent's number as a command."""
    parent = int(sys.argv[1])
    threading.Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()
    os.nice(NICENESS)

    from stcsim.cli import main as command_line
    from stcsim.cli import progress

    progress.LINE_SECONDS = LINE_SECONDS
    return command_line(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
