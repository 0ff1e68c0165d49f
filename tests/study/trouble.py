"""Mechanisms that fail, for runs that must not take others with them. Not registered: they have no name."""

from __future__ import annotations

import os
from collections.abc import Iterable

from stcsim.mechanisms import Mechanism
from stcsim.structure.arrangements import Arrangement
from stcsim.structure.view import View


class Failing(Mechanism):
    """Raises when it is asked."""

    def arrange(self, view: View) -> Iterable[Arrangement]:
        raise RuntimeError("the minister has resigned")


class Deadly(Mechanism):
    """Ends the process that asks it, unless that is the one which it names."""

    spared: int

    def arrange(self, view: View) -> Iterable[Arrangement]:
        if os.getpid() != self.spared:
            os._exit(9)
        return ()
