"""The report of a portfolio's folder, which ``stcsim study portfolio`` has written."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stcsim.analysis.portfolio import ChosenSet, Estimate, Portfolio
from stcsim.api.opening import wrong_folder
from stcsim.api.portfolio import FOUND, SEARCH
from stcsim.errors import InputError
from stcsim.outcomes.info import unit_words
from stcsim.outcomes.registry import INFOS
from stcsim.report.portfolio import PortfolioFindings, render_portfolio
from stcsim.study.environment import package_version
from stcsim.study.store.manifest import MANIFEST
from stcsim.study.whole_files import write_page

PAGE, FIGURE = "report.html", "portfolio"


def is_portfolio(folder: Path) -> bool:
    """Return whether a folder is that of a portfolio, and none of a study."""
    try:
        return (folder / FOUND).is_file() and not (folder / MANIFEST).is_file()
    except (OSError, ValueError):
        return False


def portfolio_report(folder: Path, figure: str = "") -> Path:
    """Write the report of a portfolio's folder, or its figure, and return the path.

    Raises
    ------
    InputError
        the folder cannot be read or written, or there is no such figure
    """
    try:
        findings = read_portfolio(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        again = "Run stcsim study portfolio again with the same --out."
        raise wrong_folder(folder, f"holds a {FOUND} that cannot be read", again) from None
    picture = findings.picture()
    if figure and (figure != FIGURE or picture is None):
        there = "none" if picture is None else FIGURE
        raise InputError(f"there is no figure {figure!r} in this report; there are {there}")
    try:
        if figure and picture is not None:
            return picture.save(folder / f"{FIGURE}.svg")
        return write_page(folder, PAGE, render_portfolio(findings))
    except OSError as error:
        raise wrong_folder(folder, f"cannot be written: {error.strerror or error}") from None


def read_portfolio(folder: Path) -> PortfolioFindings:
    """Return what the file of a portfolio tells."""
    told = json.loads((folder / FOUND).read_text(encoding="utf-8"))
    manifest = json.loads((folder / SEARCH / MANIFEST).read_text(encoding="utf-8"))
    found = None
    if told["sets"]:
        sets = tuple(_set(chosen) for chosen in told["sets"])
        on = told["estimated_on"]
        found = Portfolio(
            sets, float(told["budget"]), int(on["units"]), str(on["over"]), float(told["level"])
        )
    return PortfolioFindings(
        found,
        [str(part) for part in told["parts"]],
        [(int(r["sets"]), int(r["units"])) for r in told["rounds"][1:]],
        float(told["budget"]),
        _gain(told["gain"]),
        f"{INFOS[told['cost']].label} over the baseline, {unit_words(INFOS[told['cost']].unit)}",
        str(manifest["study"].get("command", "")),
        package_version(),
    )


def _gain(by: str | Mapping[str, float]) -> str:
    if isinstance(by, str):
        info = INFOS[by]
        return f"{'less' if info.better == 'lower' else 'more'} of {info.label}, {unit_words(info.unit)}"
    told = ", ".join(f"{INFOS[outcome].label} {weight:g}" for outcome, weight in by.items())
    return f"change for the better in % of the baseline, weighted ({told})"


def _set(chosen: Mapping[str, Any]) -> ChosenSet:
    return ChosenSet(
        tuple(str(part) for part in chosen["parts"]),
        _estimate(chosen["gain"]),
        _estimate(chosen["cost"]),
        float(chosen["best"]),
        bool(chosen["affordable"]),
        _number(chosen["gain_in_search"]),
        None if chosen["synergy"] is None else _estimate(chosen["synergy"]),
        {str(part): _estimate(e) for part, e in chosen["adds"].items()},
    )


def _estimate(told: Mapping[str, Any]) -> Estimate:
    return Estimate(_number(told["mean"]), _number(told["low"]), _number(told["high"]))


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)
