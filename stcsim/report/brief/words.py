"""Changes, times and money in plain words: ``about a tenth fewer``, ``9 months``, ``54 in 100``."""

from __future__ import annotations

import math

from stcsim.pictures.words import MISSING, less_and_more, number

_FRACTIONS = (
    (1 / 100, "one in a hundred"),
    (1 / 50, "one in fifty"),
    (1 / 33, "three in a hundred"),
    (1 / 25, "one in twenty-five"),
    (1 / 20, "one in twenty"),
    (1 / 15, "one in fifteen"),
    (1 / 12, "one in twelve"),
    (1 / 10, "a tenth"),
    (1 / 8, "an eighth"),
    (1 / 7, "a seventh"),
    (1 / 6, "a sixth"),
    (1 / 5, "a fifth"),
    (1 / 4, "a quarter"),
    (1 / 3, "a third"),
    (2 / 5, "two fifths"),
    (1 / 2, "half"),
    (3 / 5, "three fifths"),
    (2 / 3, "two thirds"),
    (3 / 4, "three quarters"),
    (4 / 5, "four fifths"),
    (9 / 10, "nine tenths"),
)
_NAMELESS = 0.0075
"""A change below this share of the baseline has no fraction that anybody says."""
_MULTIPLE = 0.9
"""From this increase on it is said how many times as much."""
_TENFOLD = 9.0
WIDE = 0.2
"""An unclear change that may be this share of the baseline, or more, says that nothing is known."""
WEEKS_OF_MONTH = 52 / 12


def change_in_words(share: float, unit: str) -> str:
    """Return a relative change in words: ``about a tenth fewer``, ``about 3 times as many``.

    Parameters
    ----------
    share : of the baseline; −0.1 is a fall by a tenth
    unit : of the outcome
    """
    if not math.isfinite(share):
        return "change not defined"
    size, word = abs(share), _side(share, unit)
    if size < _NAMELESS:
        return f"{word} by less than one in a hundred"
    if share < 0 and size > 0.95:
        return "hardly any left" if size < 0.9995 else "none left"
    if share >= _MULTIPLE:
        return f"about {_times(share, unit)}"
    fraction = min(_FRACTIONS, key=lambda f: abs(math.log(f[0] / size)))[1]
    return f"about {fraction} {word}"


def range_in_words(low: float, high: float, unit: str) -> str:
    """Return an interval of relative changes: ``8 to 15% fewer``, ``6% fewer to 3% more``."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "range not defined"
    if low == high == 0:
        return "0%"
    near, far = sorted((low, high), key=abs)
    if low * high > 0 and -1 <= far < _TENFOLD:
        one, two = _apart(near, far)
        return f"{one}% {_side(far, unit)}" if one == two else f"{one} to {two}% {_side(far, unit)}"
    return " to ".join(_end(x, unit) for x in ((low, high) if low * high <= 0 else (near, far)))


def _side(x: float, unit: str) -> str:
    return less_and_more(unit)[x > 0]


def _size(x: float) -> str:
    """Return a share in percent, without its sign and needless digits."""
    percent = 100 * abs(x)
    if 0 < percent < 0.05:
        return "under 0.1"
    return f"{percent:.1f}" if 0 < percent < 0.95 else f"{percent:,.0f}"


def _apart(near: float, far: float) -> tuple[str, str]:
    """Return two shares in percent with as many digits as tell them apart, two decimals at most."""
    one, two = _size(near), _size(far)
    for digits in (1, 2):
        if one == two and not one.startswith("under"):
            one, two = f"{100 * abs(near):,.{digits}f}", f"{100 * abs(far):,.{digits}f}"
    return one, two


def _end(x: float, unit: str) -> str:
    """Return one end of a range; what no count can fall below is said as such."""
    if x < -1:
        return "none left"
    if x >= _TENFOLD:
        return _times(x, unit)
    return f"{_size(x)}% {_side(x, unit)}" if x else "0%"


def _times(x: float, unit: str) -> str:
    as_ = {"fewer": "as many", "shorter": "as long"}.get(less_and_more(unit)[0], "as high")
    return f"{number(1 + x, 2)} times {as_}"


def in_hundred(share: float, beside: float = math.nan) -> str:
    """Return a share of cases: ``54 in 100``; with another digit where it is not what stands `beside` it."""
    if not math.isfinite(share):
        return MISSING
    told = f"{100 * share:.0f}"
    for digits in (1, 2):
        if math.isfinite(beside) and share != beside and told == f"{100 * beside:.{max(0, digits - 1)}f}":
            told = f"{100 * share:.{digits}f}"
    return f"{told} in 100"


def unclear_words(low: float, high: float) -> str:
    """Return what an unclear change is called: ``not known`` where its interval is wide.

    One whose interval leaves out 0 is unclear only where sets of assumptions do not agree on its sign.

    Parameters
    ----------
    low, high : ends of the interval, shares of the baseline or of all cases
    """
    if low * high > 0:
        return "unclear, as too few sets agree"
    wide = math.isfinite(low) and math.isfinite(high) and max(abs(low), abs(high)) >= WIDE
    return "not known" if wide else "no clear change"


def in_years(weeks: int) -> str:
    """Return a time in years: ``1 year``, ``2.5 years``."""
    years = number(weeks / 52, 2)
    return f"{years} year{'' if years == '1' else 's'}"


def months(weeks: float) -> str:
    """Return a time in months, the way people plan: ``at once``, ``3 months``, ``2 years``."""
    n = round(weeks / WEEKS_OF_MONTH)
    if n <= 0:
        return "at once" if weeks < 1 else f"{round(weeks)} week{'' if round(weeks) == 1 else 's'}"
    if n >= 24 and n % 12 == 0:
        return f"{n // 12} years"
    return f"{n} month{'' if n == 1 else 's'}"


def money(thousands: float) -> str:
    """Return thousand US dollars rounded to what can be said: ``120``, ``1,250``, ``less than 1``."""
    if not math.isfinite(thousands):
        return MISSING
    if thousands and abs(thousands) < 1:
        return "less than 1"
    return number(float(f"{thousands:.2g}") if abs(thousands) < 1000 else float(f"{thousands:.3g}"))
