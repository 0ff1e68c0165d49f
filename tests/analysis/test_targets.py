"""What sensitivity is asked of: differences and the order are not levels."""

import numpy as np
import pandas as pd
import pytest

from stcsim.analysis.complete import require_complete
from stcsim.analysis.cube import Cube
from stcsim.analysis.findings import CHANGES_NOTHING, MATTERS
from stcsim.analysis.sobol_indices import sobol_indices
from stcsim.analysis.targets import swapped_pairs, targets
from stcsim.errors import InputError

pytest.importorskip("SALib")

from stcsim.study.designs.sobol import sobol_sample

PATHS = ("level", "turn", "size")
ARMS = ("baseline", "one", "two")


def cube(rows: int = 64, runs: int = 2) -> Cube:
    """Diversions whose level, whose effect and whose order of arms each hang on one input."""
    x = sobol_sample(3, rows, 1).places
    base = 100 + 50 * x[:, 0]
    # `one` always averts; `two` averts more of it where the second input is above 0.6
    one = base - 10 * (1 + x[:, 2])
    two = base - 10 * (1 + x[:, 2]) * np.where(x[:, 1] > 0.6, 1.5, 0.5)
    values = np.repeat(np.stack([base, one, two])[:, :, None], runs, axis=2)
    numbers = np.arange(1, len(x) + 1)
    return Cube(ARMS, numbers, pd.DataFrame(x, columns=PATHS), {"diversions": values})


def test_levels_differences_and_the_order_hang_on_different_inputs() -> None:
    said = {(t.kind, t.arm): sobol_indices(t.values, PATHS).findings for t in targets(cube(), "diversions")}
    nothing = CHANGES_NOTHING
    assert said["level", ""] == (MATTERS, nothing, nothing)
    assert said["difference", "one"] == (nothing, nothing, MATTERS)
    assert said["difference", "two"] == (nothing, MATTERS, MATTERS)
    assert said["order", ""] == (nothing, MATTERS, nothing)
    assert said["lead", "one over two"] == (nothing, MATTERS, MATTERS)


def test_the_order_is_the_share_of_pairs_that_turned() -> None:
    gain = np.array([[0.0, 0.0, 0.0], [2.0, 2.0, -1.0], [5.0, 1.0, -2.0]])[:, :, None] * np.ones(4)
    # on average two, one, baseline: as it is, one pair turned, all turned
    np.testing.assert_allclose(swapped_pairs(gain)[:, 0], [0.0, 1 / 3, 1.0])
    assert swapped_pairs(gain).shape == (3, 2)
    assert swapped_pairs(gain[:, :, :1]).shape == (3, 1)
    np.testing.assert_allclose(swapped_pairs(np.zeros((2, 3, 2))), 0.5)


def test_what_nobody_ranks_by_has_no_order() -> None:
    whole = cube()
    neutral = Cube(whole.arms, whole.worlds, whole.inputs, {"champions_lost": whole.of("diversions")})
    assert {t.kind for t in targets(neutral, "champions_lost")} == {"difference", "level"}


def test_failed_points_are_named_with_the_command_that_runs_them_again() -> None:
    whole = cube()
    values = whole.of("diversions").copy()
    values[1, [3, 8], 1] = np.nan
    torn = Cube(whole.arms, whole.worlds, whole.inputs, {"diversions": values})
    with pytest.raises(InputError, match=r"2 of 1,920 runs .* points 4, 9; .* stcsim study rerun DIR\."):
        require_complete(torn, ["diversions"], "stcsim study rerun DIR")
    require_complete(whole, ["diversions"], "")


def test_what_is_undefined_is_told_from_what_failed() -> None:
    whole = cube()
    values = whole.of("diversions").copy()
    values[1, 3, 1] = np.nan
    half = Cube(
        whole.arms, whole.worlds, whole.inputs, {"diversions": values, "total_cost": whole.of("diversions")}
    )
    with pytest.raises(InputError, match="diversions: has no value in a run at point 4"):
        require_complete(half, ["diversions"], "")
    require_complete(half, ["total_cost"], "")
