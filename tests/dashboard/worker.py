"""Stands in for a command: does what its scenario is called, and writes into the folder it is given."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from types import FrameType


def stop(number: int, frame: FrameType | None) -> None:
    sys.stderr.write("stopped after 3 runs\n")
    sys.exit(143)


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


signal.signal(signal.SIGTERM, stop)
what = sys.argv[3]
folder = Path("result")
folder.mkdir()
(folder / "words").write_text("\n".join(sys.argv[2:]))
say("a note beside")
say("3 of 12 runs, about 5 s left")
if what == "long":
    time.sleep(60)
elif what == "deaf":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(60)
elif what == "wrong":
    say(f"{Path.cwd()}/own.yaml:3:1  countries: this is wrong. See /usr/lib/other/file.yaml.")
    sys.exit(2)
elif what == "fails":
    say("Traceback (most recent call last):")
    say("stcsim: too few runs came to their end")
    sys.exit(1)
