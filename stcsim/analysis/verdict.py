"""From two intervals to one word: ``clearly``, ``probably`` or ``unclear``.

When assumptions were varied the word comes from them, because what another draw of chance would show is the
smaller question. That holds for the whole comparison: what is defined in fewer than two of its sampled worlds
is ``unclear``, however sure the runs under the default assumptions are.

- ``clearly``: the simultaneous interval of the mean difference excludes 0, and (with worlds) at least
  `CLEAR_SHARE` of them lie on that side. Only headlines can be clear: the other outcomes are exploratory.
- ``probably``: the plain interval excludes 0, and (with worlds) at least `PROBABLE_SHARE` of them lie on that
  side.
- ``unclear``: everything else, also a mean over worlds whose sign is not that of the default assumptions.
- ``no change``: the same value in every pair.

An interval that is a point says ``probably`` at most while it may be coincidence (`may_coincide` of pairs,
`worlds_may_coincide` of worlds).

Few worlds say little about what was not sampled, however well they agree: below `FEWEST_WORLDS` of them the
word is ``unclear``, below `ENOUGH_WORLDS` ``probably`` at most. From `FEWEST_WORLDS` on ``clearly`` stays
possible where every pair in every world has the same strict sign, as with the cost of a mechanism.

Asking for the interval as well as for the share matters where assumptions make no difference: then all worlds
share one expected difference, which noise puts on either side of 0, and a share alone would call nothing
something.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from stcsim.outcomes.info import OutcomeInfo

FEWEST_FOR_A_POINT = 6
"""Counts that vary can differ by the same number in a few pairs by coincidence, hardly ever in so many."""
FEWEST_OF_A_CONSTANT = 4
"""In fewer pairs a count may have one value in the baseline and one in the arm by coincidence."""
FEWEST_WORLDS = 5
"""With fewer sampled worlds there is no verdict."""
ENOUGH_WORLDS = 10
"""From so many sampled worlds on a verdict can be clear."""
CLEAR_SHARE = 0.95
PROBABLE_SHARE = 0.80
FROM_ASSUMPTIONS = "assumptions"
FROM_RUNS = "runs only: assumptions not varied"
UNDEFINED = "none: defined in too few sampled sets of assumptions"
COLUMNS = ["outcome", "arm", "verdict", "certainty", "direction", "wanted", "basis"]


def side_of(low: float, high: float) -> int:
    """Return -1 or 1 where an interval lies wholly below or above 0, else 0 (also where it is missing)."""
    return int(low > 0) - int(high < 0)


def behind_the_word(certainty: str, basis: str) -> str:
    """Return the prefix of the columns that hold the interval over runs to print beside a word.

    The interval printed is the one that the word comes from: without worlds the simultaneous one (no prefix)
    beside ``clearly``, else ``plain_``. With worlds no word comes from it, and it is simultaneous.
    """
    return "plain_" if basis == FROM_RUNS and certainty != "clearly" else ""


def certainty_of(plain: int, wide: int, share: float, *, headline: bool) -> str:
    """Return ``clearly``, ``probably`` or ``unclear``.

    Parameters
    ----------
    plain, wide : side of 0 on which the plain and the simultaneous interval of the mean lie, 0 when neither
    share : share of the worlds on the side of `plain`; 1 when assumptions were not varied
    headline : whether `wide` is simultaneous
    """
    if headline and wide and share >= CLEAR_SHARE:
        return "clearly"
    if plain and share >= PROBABLE_SHARE:
        return "probably"
    return "unclear"


def verdict_table(
    differences: pd.DataFrame, worlds: pd.DataFrame, outcomes: Sequence[OutcomeInfo], headline: Sequence[str]
) -> pd.DataFrame:
    """Return one row per outcome and arm.

    Columns: `outcome`, `arm`, `verdict` (certainty and direction in one), `certainty`, `direction`
    (``lower``, ``higher`` or empty), `wanted` (``better``, ``worse`` or empty), `basis` (`FROM_ASSUMPTIONS`,
    `FROM_RUNS` where assumptions were not varied at all, or `UNDEFINED`).

    Parameters
    ----------
    differences : as made by `stcsim.analysis.chance.differences_table`
    worlds : as made by `stcsim.analysis.assumptions.worlds_table`, without rows when assumptions were not
        varied
    headline : outcomes whose intervals are simultaneous
    """
    better = {info.name: info.better for info in outcomes}
    both = differences.merge(worlds, how="left", on=["outcome", "arm"], suffixes=("", "_worlds"))
    varied = len(worlds) > 0
    rows = []
    for row in both.to_dict("records"):
        name, is_headline = str(row["outcome"]), row["outcome"] in headline
        defined = row["worlds"] >= 2
        if varied and not defined:
            plain, wide, share = 0, 0, 0.0
        elif varied:
            plain = side_of(row["mean_plain_low"], row["mean_plain_high"])
            wide = side_of(row["mean_low"], row["mean_high"])
            share = row["share_below"] if plain < 0 else 1.0 - row["share_below"]
            if row["mean"] * plain < 0 or row["worlds"] < FEWEST_WORLDS:
                plain = wide = 0
            agreed = row["worlds"] >= ENOUGH_WORLDS or (plain != 0 and row["same_side"] == plain)
            if not agreed or worlds_may_coincide(row):
                wide = 0
        else:
            plain = side_of(row["plain_low"], row["plain_high"])
            wide = 0 if may_coincide(row) else side_of(row["low"], row["high"])
            share = 1.0
        certainty = certainty_of(plain, wide, share, headline=is_headline)
        if _never_changes(row, varied=varied):
            certainty = "no change"
        direction = ("lower", "", "higher")[plain + 1] if certainty in ("clearly", "probably") else ""
        wanted = ""
        if direction and better[name] != "none":
            wanted = "better" if direction == better[name] else "worse"
        rows.append(
            {
                "outcome": name,
                "arm": row["arm"],
                "verdict": f"{certainty} {direction}".strip(),
                "certainty": certainty,
                "direction": direction,
                "wanted": wanted,
                "basis": (FROM_ASSUMPTIONS if defined else UNDEFINED) if varied else FROM_RUNS,
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def may_coincide(row: Mapping[Hashable, Any]) -> bool:
    """Tell whether an outcome shows the same change in each of its few pairs, though it may vary.

    Parameters
    ----------
    row : row of differences. All variance is removed only where there was some; a fixed cost beside a fixed
        cost has none, nor has a count that happens to be the same in two or three runs
    """
    same = row["pairs"] < FEWEST_FOR_A_POINT and row["sd"] == 0 and row["mean"] != 0
    return bool(same and (row["variance_removed"] == 1 or row["pairs"] < FEWEST_OF_A_CONSTANT))


def worlds_may_coincide(row: Mapping[Hashable, Any]) -> bool:
    """Tell whether the mean difference of an outcome that varies is the same in each sampled world by chance.

    With noise in the worlds their means are equal by coincidence alone; without any, few of them may be.

    Parameters
    ----------
    row : row of differences with the one of worlds beside it
    """
    point = row["mean_plain_low"] == row["mean_plain_high"] != 0
    few = row["worlds"] < FEWEST_FOR_A_POINT and row["base_varies"] == 1
    return bool(point and (row["noise_sd"] > 0 or few))


def _never_changes(row: Mapping[Hashable, Any], *, varied: bool) -> bool:
    """Tell whether every pair shows the same value in both arms."""
    still = row["mean"] == 0 and row["sd"] == 0
    return bool(still and (not varied or row["mean_worlds"] == row["low_worlds"] == row["high_worlds"] == 0))
