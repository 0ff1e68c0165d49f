"""A chart: a finding, how it is drawn, the table behind it, and the words for who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

HEIGHT = 320
"""Height in px where a chart does not say another one."""


@dataclass(frozen=True, eq=False)
class Chart:
    """One figure, made from tables without a browser.

    Parameters
    ----------
    name : short, letters, digits and hyphens; names the downloaded files, unique on a page
    title : the finding that was computed from the table
    subtitle : what intervals and marks mean; words in double brackets are terms with a definition, such as
        ``[[runs]]`` or ``[[trust|trusted]]``, in the title too
    option : of ECharts 5.4, as JSON values only. It names no colour of text, axes, grid or tooltip: the page
        gives them, light and dark. Colours of marks are those of `stcsim.pictures.style`
        (``arm_styles``, ``INK``, ``GREY``, ``PALE``, ``PAPER``, ``BETTER``, ``WORSE``) or custom
        properties of the page, such as ``var(--grey)``; it turns them into tones with enough contrast
    table : the data behind the picture, one row a mark, with column names for people: what is downloaded as
        CSV, and read in place of the picture
    label : text alternative: what it shows, in one or two sentences with the figures that matter
    height : in px
    narrow : what replaces parts of `option` where the chart is narrower than 480 px: merged key by key, lists
        of entries that have keys entry by entry, all else as a whole; None where it fits as it is

    Notes
    -----
    Functions cannot be sent, so they have names. As ``formatter`` of an axis' labels or ``valueFormatter`` of
    a tooltip: ``"=number"`` (three digits), ``"=signed"``, ``"=share"`` (0.12 is 12%), ``"=percent"`` (0.12
    is +12%). As ``formatter`` of a tooltip: ``"=tip"`` shows the entry ``tip`` of what is pointed at, plain
    text whose line ends are kept.
    """

    name: str
    title: str
    subtitle: str
    option: dict[str, Any]
    table: pd.DataFrame
    label: str
    height: int = HEIGHT
    narrow: dict[str, Any] | None = None

    def csv(self) -> str:
        """Return the table as the text of a CSV file."""
        return self.table.to_csv(index=False, lineterminator="\n")
