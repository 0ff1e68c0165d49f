"""A program that carries a study out, to be killed: ``python -m tests.study.program DIR MEANS [ADDRESS]``.

MEANS is ``serial``, ``pool`` or ``dask``. It says on stdout how many runs are finished, a line each time.
"""

from __future__ import annotations

import sys
from pathlib import Path

from stcsim.study.carrying_out import Means, Progress, carry_out
from tests.study.plans import DesignPlan, plan_of, reluctantly, slowly


def plan() -> DesignPlan:
    """Return what it carries out: 210 runs in 35 blocks."""
    return plan_of("channel", replications=60, worlds=15, stack=8)


def tell(progress: Progress) -> None:
    """Say how far it has come."""
    sys.stdout.write(f"{progress.done}\n")
    sys.stdout.flush()


def main(folder: str, means: str, address: str = "") -> None:
    """Carry the study out."""
    if means == "dask":
        from stcsim.study.dask_cluster import dask_means

        with dask_means(address, reluctantly) as found:
            carry_out(plan(), Path(folder), found, progress=tell, warn=warn)
    else:
        found = Means(jobs=2 if means == "pool" else 1, work=slowly)
        carry_out(plan(), Path(folder), found, progress=tell, warn=warn)


def warn(message: str) -> None:
    """Say what went wrong."""
    sys.stderr.write(f"{message}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
