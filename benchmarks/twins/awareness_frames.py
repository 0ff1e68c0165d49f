"""Awareness in mesa-frames: firms are rows of a polars frame, peers are a frame of pairs that is joined."""

from __future__ import annotations

from typing import Any

import mesa_frames as mf
import numpy as np
import polars as pl

from benchmarks.worker import Block

AgentSet: Any = getattr(mf, "AgentSet", None) or mf.AgentSetPolars
Model: Any = getattr(mf, "Model", None) or mf.ModelDF


class Firms(AgentSet):  # type: ignore[misc]
    """All firms."""

    def __init__(self, model: Any, held: Any) -> None:
        super().__init__(model)
        self.law = {k: float(held[k]) for k in ("contagion", "decay", "dt")}
        n = len(held["awareness"])
        columns = {"firm": np.arange(n), "awareness": held["awareness"], "outreach": held["outreach"]}
        taken = {} if hasattr(mf, "AgentSet") else {"unique_id": np.arange(n)}
        self.add(pl.DataFrame(taken | columns))
        peers = held["peers"]
        row, place = np.nonzero(peers >= 0)
        self.pairs = pl.DataFrame({"firm": row, "peer": peers[row, place]})

    @property
    def frame(self) -> pl.DataFrame:
        """The rows, whatever this version of mesa-frames calls them."""
        return self.df if hasattr(self, "df") else self.agents

    def step(self) -> None:
        """Take one day."""
        law, now = self.law, self.frame
        told = now.lazy().select(pl.col("firm").alias("peer"), pl.col("awareness").alias("heard"))
        heard = self.pairs.lazy().join(told, on="peer").group_by("firm").agg(pl.col("heard").mean())
        push = pl.col("outreach") + law["contagion"] * pl.col("heard").fill_null(0.0)
        rate = push + law["decay"]
        later = push / rate + (pl.col("awareness") - push / rate) * (-rate * law["dt"]).exp()
        found = now.lazy().join(heard, on="firm", how="left", maintain_order="left")
        self.set("awareness", found.select(later.alias("awareness")).collect()["awareness"])


class Region(Model):  # type: ignore[misc]
    """The model that mesa-frames asks for."""

    def __init__(self, held: Any) -> None:
        super().__init__(1)
        self.firms = Firms(self, held)


def build(columns: str, days: int) -> Block:
    """Return a block of some days from the start.

    Parameters
    ----------
    columns : file of `awareness_columns.write_columns`
    """
    held = np.load(columns)
    firms = Region(held).firms
    start = pl.Series("awareness", held["awareness"])

    def block() -> dict[str, float]:
        firms.set("awareness", start)
        for _ in range(days):
            firms.step()
        return {"awareness": float(firms.frame["awareness"].sum())}

    return block
