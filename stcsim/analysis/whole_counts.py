"""Expected numbers of sets as whole numbers that add up to all of them."""

from __future__ import annotations

from collections.abc import Mapping


def whole_counts(expected: Mapping[str, float], of: int, arm: str, count: int) -> dict[str, int]:
    """Return expected numbers of sets as whole ones that add up, those of one arm as they are told elsewhere.

    Parameters
    ----------
    expected : by arm; together `of`
    arm, count : whose number is `count`
    """
    others = {name: max(0.0, n) for name, n in expected.items() if name != arm}
    total = sum(others.values())
    left = of - count
    shares = {name: left * n / total if total > 0 else 0.0 for name, n in others.items()}
    whole = {name: int(n) for name, n in shares.items()}
    largest = sorted(shares, key=lambda name: whole[name] - shares[name])
    for name in largest[: left - sum(whole.values())]:
        whole[name] += 1
    return {arm: count, **whole}
