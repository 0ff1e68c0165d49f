"""Dask: the workers of a cluster, reached by the address of its scheduler, as an executor like any other."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from typing import Any

from stcsim.errors import InputError, Problem, quote
from stcsim.study.block import run_block
from stcsim.study.carrying_out import Means
from stcsim.study.keys import MODEL_VERSION
from stcsim.study.runner import Work

OPTION = "--dask"
PATIENCE = 10
"""Seconds in which a scheduler has to answer."""


@contextmanager
def dask_means(address: str, work: Work = run_block) -> Iterator[Means]:
    """Have the workers of a cluster run blocks meanwhile.

    A block whose worker dies is given to another one by the cluster itself; the address is that of a
    scheduler, such as ``tcp://127.0.0.1:8786``.

    Raises
    ------
    InputError
        Dask is not installed, nobody answers there, no worker is there, or workers would give other numbers
    """
    try:
        # its own annotations are few, and it may not be there
        distributed: Any = import_module("distributed")
    except ImportError:
        said = "Dask is not installed"
        raise InputError([Problem("", 0, 0, OPTION, said, "Run: pip install 'stcsim[cluster]'.")]) from None
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        said = f"no scheduler answers at {quote(address)} ({type(error).__name__})"
        raise InputError([Problem("", 0, 0, OPTION, said, "Write its address as it tells it.")]) from None
    try:
        _check_workers(client, address)
        threads = sum(client.ncores().values())
        words = f"Dask at {address}, {len(client.ncores())} workers, {threads} threads"
        with client.get_executor(pure=False) as executor:
            try:
                yield Means(threads, executor, words, work)
            except BaseException:
                executor.shutdown(wait=False, cancel_futures=True)
                raise
    finally:
        client.close(timeout=PATIENCE)


def _check_workers(client: Any, address: str) -> None:
    """Make sure that every worker gives the numbers that this process would give."""
    found: dict[str, tuple[str, ...] | Exception] = client.run(_kind, on_error="return")
    if not found:
        said = f"the scheduler at {quote(address)} has no workers"
        raise InputError([Problem("", 0, 0, OPTION, said, "Start some with: dask worker ADDRESS.")])
    own = _kind()
    for worker, kind in sorted(found.items()):
        if isinstance(kind, Exception):
            said = f"worker {worker} cannot load stcsim: {type(kind).__name__}: {kind}"
            raise InputError([Problem("", 0, 0, OPTION, said, "Install the same version there.")])
        if kind != own:
            said = f"worker {worker} has {', '.join(kind)}, and this process {', '.join(own)}"
            raise InputError([Problem("", 0, 0, OPTION, said, "Install the same versions there.")])


def _kind() -> tuple[str, ...]:
    """Return that on which numbers may depend."""
    python = ".".join(platform.python_version_tuple()[:2])
    return (f"model version {MODEL_VERSION}", f"Python {python}", f"numpy {version('numpy')}")
