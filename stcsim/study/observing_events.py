"""Stories of attempts as a table: what is noted while a stack runs, kept at its end, and told when chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from stcsim.draws import I8
from stcsim.state.events import Licences
from stcsim.state.populations import HOLDER_KINDS
from stcsim.state.state import State
from stcsim.study.observing_cases import ADVERSARY, case_names
from stcsim.study.observing_logs import Kept, Logs, Moves, Notices
from stcsim.study.observing_stack import Stack
from stcsim.study.observing_story import story

FRONTLINE = HOLDER_KINDS.index("post")
_COLUMNS = (
    *("run", "key", "network", "front", "generation", "country", "supplier", "post", "way", "family"),
    *("licensed", "born", "stage", "release", "fate", "fate_day", "list_selected", "inspected", "discovered"),
)


@dataclass
class Teller:
    """What is noted in one stack so that stories can be told when it is known which.

    Parameters
    ----------
    stages, ladder, notices : what is noted while the stack runs
    """

    stages: Moves = field(default_factory=lambda: Moves("stage", "due"))
    ladder: Moves = field(default_factory=lambda: Moves("ladder", "ladder_due"))
    notices: Notices = field(default_factory=Notices)
    _ended: Kept = field(default_factory=dict)

    def start(self, state: State, day: float) -> None:
        """Begin where arms branch: what moved before is old."""
        for moves in (self.stages, self.ladder):
            moves.look(state, day, keep=False)
        self.notices.look(state, day)

    def look(self, state: State, day: float) -> None:
        """Note what has moved, and what was received and read."""
        self.stages.look(state, day)
        self.ladder.look(state, day)
        self.notices.look(state, day)

    def end(self, state: State, stack: Stack, horizon: float) -> None:
        """Keep what stories need of a state at the horizon."""
        cases, licences, countries = state.cases, state.licences, state.countries
        rows = np.flatnonzero((cases.col("origin") == ADVERSARY) & (cases.col("born") > stack.first))
        asked = np.flatnonzero(~licences.col("honest"))
        self._ended = {
            "stack": stack,
            "horizon": horizon,
            "rows": rows,
            "case": case_names(state, rows),
            **{name: cases.col(name)[rows] for name in _COLUMNS},
            "licences": _taken(licences, asked),
            "holders": state.holders.ids,
            "posts": state.posts.ids,
            "frontline": state.holders.kind[: state.holders.n] >= FRONTLINE,
            "networks": state.networks.ids,
            "countries": countries.ids,
            "n": (state.holders.n, state.posts.n, state.networks.n, countries.n, state.fronts.n),
            "front_network": state.fronts.network.copy(),
            "post_holder": state.posts.holder.copy(),
            "stretch": state.posts.stretch.copy(),
            **{
                name: getattr(countries, name).copy()
                for name in ("authority", "law_enforcement", "prosecutor", "customs", "intelligence")
            },
        }

    def events(self, chosen: pd.DataFrame) -> pd.DataFrame:
        """Return the stories of the chosen attempts that are in this stack."""
        e = self._ended
        stack: Stack = e["stack"]
        wanted = set(zip(chosen["replication"].tolist(), chosen["case"].tolist(), strict=True))
        replication = stack.replication[e["run"]].tolist()
        places = [p for p, pair in enumerate(zip(replication, e["case"], strict=True)) if pair in wanted]
        logs = Logs(self.stages, self.ladder, self.notices)
        rows = [
            (int(e["run"][p]), e["case"][p], *entry)
            for p in places
            for entry in sorted(story(e, p, logs), key=lambda one: one[0])
        ]
        run = np.array([row[0] for row in rows], dtype=np.int64)
        return pd.DataFrame(
            {
                **stack.columns(run),
                "case": pd.Series([row[1] for row in rows], dtype="str"),
                "day": np.array([row[2] for row in rows], dtype=np.float64) - stack.first,
                **{
                    name: pd.Series([row[k] for row in rows], dtype="str")
                    for k, name in ((3, "what"), (4, "who"), (5, "detail"))
                },
            }
        )


def _taken(licences: Licences, rows: I8) -> dict[str, Any]:
    return {name: licences.col(name)[rows] for name in ("run", "key", "day", "days", "outcome")}
