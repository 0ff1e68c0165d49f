"""How far an axis reaches and where labels stand, so that nothing is pressed together or overlaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from stcsim.pictures.measure import fit, text_width, wrap
from stcsim.pictures.style import GREY, INK, page_of

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in px."""
_GAP = 30.0
"""A few rows so many times as far from zero as all other clear ones get an arrow at the edge instead."""


def span_of(rows: Sequence[Sequence[float]], clear: Sequence[bool]) -> tuple[float, float, float]:
    """Return the ends of the axis and the largest absolute value that is drawn in its place.

    A row that goes far beyond the others would press them into a line: it gets an arrow at the edge instead.
    Rows without a clear difference do not count: beside nothing everything is far.

    Parameters
    ----------
    rows : numbers of each row that want to be seen
    clear : whether the row has a difference to show
    """
    sizes = [max(map(abs, row), default=0.0) for row in rows]
    limit = max(sizes, default=0.0)
    if limit == 0:
        return -1.0, 1.0, 1.0
    named = sorted(s for s, c in zip(sizes, clear, strict=True) if c and s > 0)
    for i in range(1, max(len(named) // 4, min(1, len(named) - 1)) + 1):
        if named[-i] > _GAP * named[-i - 1]:
            limit = max(s for s in sizes if s < named[-i])
    kept = [x for row in rows for x in row if abs(x) <= limit]
    low, high = min(0.0, *kept), max(0.0, *kept)
    beyond = [x for row in rows for x in row if abs(x) > limit]
    if any(x < 0 for x in beyond):
        low = min(low, -limit)
    if any(x > 0 for x in beyond):
        high = max(high, limit)
    pad = 0.06 * (high - low)
    return low - pad, high + pad, limit


def spread(places: Sequence[float], gap: float, limits: tuple[float, float]) -> list[float]:
    """Return ascending places at least `gap` apart, as near to the wanted ones as neighbours allow.

    Places that are too close form a block around their common mean (pool adjacent violators).
    """
    blocks: list[tuple[float, int]] = []
    for i, place in enumerate(places):
        blocks.append((place - i * gap, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, m), (b, n) = blocks[-2:]
            blocks[-2:] = [((a * m + b * n) / (m + n), m + n)]
    free = [mean for mean, n in blocks for _ in range(n)]
    room = limits[1] - limits[0] - gap * (len(places) - 1)
    low, high = limits[0], limits[0] + max(room, 0.0)
    return [min(max(x, low), high) + i * gap for i, x in enumerate(free)]


def place_label(
    at: tuple[float, float], width: float, size: float, marks: Sequence[Box], lines: Sequence[Box], page: Box
) -> Box:
    """Return the box of a label near `at` on `page`: free of `marks` and `lines`, else what disturbs least.

    Candidates stand on rings around the point. A label may cover a line sooner than another label or a mark,
    and stands farther away sooner than covering anything.
    """
    tall, wide = size * 1.25, width + 4
    best: tuple[float, Box] | None = None
    for ring in range(9, 150, 7):
        for dx, dy in ((1, 0), (-1, 0), (0.7, 0.7), (0.7, -0.7), (-0.7, 0.7), (-0.7, -0.7), (0, 1), (0, -1)):
            x, y = at[0] + dx * ring, at[1] + dy * ring
            x0 = x if dx > 0 else x - wide if dx < 0 else x - wide / 2
            box = (x0, y - tall / 2, x0 + wide, y + tall / 2)
            if box[0] < page[0] or box[2] > page[2] or box[1] < page[1] or box[3] > page[3]:
                continue
            covered = sum(_overlap(box, other) for other in marks)
            crossed = sum(_overlap(box, other) for other in lines)
            cost = 50 * covered + 1.2 * crossed + ring
            if best is None or cost < best[0]:
                best = (cost, box)
    return best[1] if best else (at[0], at[1] - tall / 2, at[0] + wide, at[1] + tall / 2)


def _overlap(a: Box, b: Box) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def name_row(axes: Axes, label: str, row: float, left: float, up: float = 0.0) -> None:
    """Write the name of a row before the axes, in up to two lines.

    Parameters
    ----------
    label : name
    row : its place on the vertical axis
    left : margin before the axes in px
    up : how far above its place the name stands in px
    """
    lines = wrap(label, left - 12, 2)
    for i, line in enumerate(lines):
        offset = (4 - left, up + 6.5 * (len(lines) - 1) - 13 * i)
        frame = ("axes fraction", "data")
        axes.annotate(line, (0, row), offset, frame, "offset points", va="center", color=INK)


def name_axis(axes: Axes, words: str, room: float, down: float) -> None:
    """Write below the horizontal axis what it measures.

    Parameters
    ----------
    words : what it measures, shortened where it needs more room
    room : width that it may take in px
    down : how far below the axis it stands in px
    """
    axes.annotate(
        fit(words, room, 10),
        (0.5, 0),
        (0, -down),
        "axes fraction",
        "offset points",
        ha="center",
        va="center",
        color=GREY,
        fontsize=10,
    )


def name_ticks(axes: Axes, words: Callable[[float], str], most: int = 6) -> None:
    """Put ticks with `words` on the horizontal axis, at most about `most`, as many as stand apart."""
    low, high = axes.get_xlim()
    width = axes.get_position().width * page_of(axes).get_figwidth() * 72
    ticks: list[float] = []
    for bins in range(most, 0, -1):
        values = MaxNLocator(bins, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
        ticks = [float(v) for v in values if low <= v <= high]
        room = width * (ticks[1] - ticks[0]) / (high - low) if len(ticks) > 1 else width
        if max((text_width(words(t)) for t in ticks), default=0.0) + 8 <= room:
            break
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: words(x)))
