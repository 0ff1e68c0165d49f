"""Awareness in mesa-frames: firms are rows of a polars frame, peers are pairs that are joined, or columns.

The documentation teaches joins for relations. Who knows that each firm has as many peers, and that rows keep
their order, can hold peers as columns instead and gather; both are measured.
"""

from __future__ import annotations

from typing import Any

import mesa_frames as mf
import numpy as np
import polars as pl

from benchmarks.worker import Block

AgentSet: Any = getattr(mf, "AgentSet", None) or mf.AgentSetPolars
Model: Any = getattr(mf, "Model", None) or mf.ModelDF
FRAME = "df" if hasattr(AgentSet, "df") else "agents"
"""What this version of mesa-frames calls the rows of a set."""


class Firms(AgentSet):  # type: ignore[misc]
    """All firms.

    Parameters
    ----------
    joined : hold peers as a frame of pairs, else as columns
    """

    def __init__(self, model: Any, held: Any, joined: bool) -> None:
        super().__init__(model)
        self.law = {k: float(held[k]) for k in ("contagion", "decay", "dt")}
        peers, n = held["peers"].astype(np.int64), len(held["awareness"])
        columns = {"firm": np.arange(n), "awareness": held["awareness"], "outreach": held["outreach"]}
        self.names = [] if joined else [f"peer_{j}" for j in range(peers.shape[1])]
        for j, name in enumerate(self.names):
            columns[name] = pl.Series(np.maximum(peers[:, j], 0)).set(pl.Series(peers[:, j] < 0), None)
        taken = {} if hasattr(mf, "AgentSet") else {"unique_id": np.arange(n)}
        self.add(pl.DataFrame(taken | columns))
        row, place = np.nonzero(peers >= 0)
        self.pairs = pl.DataFrame({"firm": row, "peer": peers[row, place]})

    @property
    def rows(self) -> pl.DataFrame:
        """The frame of the set."""
        frame: pl.DataFrame = getattr(self, FRAME)
        return frame

    def learn(self, awareness: pl.Series) -> None:
        """Take over a column, as polars would: `set` of the set joins it by identity and takes far longer."""
        setattr(self, FRAME, self.rows.with_columns(awareness.alias("awareness")))

    def step(self) -> None:
        """Take one day."""
        law, now = self.law, self.rows.lazy()
        if self.names:
            gathered = [pl.col("awareness").gather(pl.col(name)) for name in self.names]
            now = now.with_columns(pl.mean_horizontal(gathered).alias("heard"))
        else:
            told = now.select(pl.col("firm").alias("peer"), pl.col("awareness").alias("heard"))
            means = self.pairs.lazy().join(told, on="peer").group_by("firm").agg(pl.col("heard").mean())
            now = now.join(means, on="firm", how="left", maintain_order="left")
        push = pl.col("outreach") + law["contagion"] * pl.col("heard").fill_null(0.0)
        rate = push + law["decay"]
        later = push / rate + (pl.col("awareness") - push / rate) * (-rate * law["dt"]).exp()
        self.learn(now.select(later.alias("awareness")).collect()["awareness"])


class Region(Model):  # type: ignore[misc]
    """The model that mesa-frames asks for."""

    def __init__(self, held: Any, joined: bool) -> None:
        super().__init__(1)
        self.firms = Firms(self, held, joined)


def build(columns: str, days: int, joined: bool = True) -> Block:
    """Return a block of some days from the start.

    Parameters
    ----------
    columns : file of `awareness_columns.write_columns`
    joined : join pairs, as is taught, else gather columns
    """
    held = np.load(columns)
    firms = Region(held, joined).firms
    start = pl.Series("awareness", held["awareness"])

    def block() -> dict[str, float]:
        firms.learn(start)
        for _ in range(days):
            firms.step()
        return {"awareness": float(firms.rows["awareness"].sum())}

    return block
