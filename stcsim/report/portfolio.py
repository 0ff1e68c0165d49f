"""The page of a portfolio: sets of arms under a budget, on fresh seeds, and what their parts do together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from stcsim.analysis.portfolio import Estimate, Portfolio
from stcsim.pictures.picture import Picture
from stcsim.pictures.portfolio import portfolio_picture, set_words
from stcsim.pictures.ranking import share_words
from stcsim.pictures.words import number, signed
from stcsim.report.closing import limits_part
from stcsim.report.html import Child, Html, join, table, tag
from stcsim.report.parts import card, figure

_TOGETHER = {"more": "more than the sum", "less": "less than the sum", "not distinguishable": "as the sum"}


@dataclass(frozen=True)
class PortfolioFindings:
    """What the page tells.

    Parameters
    ----------
    found : sets on fresh seeds; None where no set keeps the budget
    parts : arms that sets were joined of
    rounds : how many sets were tried on how many units, in the order of the search
    budget : what a set may cost
    gain, cost : what is gained and what is paid, with units, in words
    command : that searched
    version : of this package
    """

    found: Portfolio | None
    parts: Sequence[str]
    rounds: Sequence[tuple[int, int]]
    budget: float
    gain: str
    cost: str
    command: str
    version: str

    def picture(self) -> Picture | None:
        """Return the sets with their gains and costs, None where there are none."""
        return None if self.found is None else portfolio_picture(self.found, self.gain, self.cost)


def render_portfolio(findings: PortfolioFindings) -> str:
    """Return the page; the same findings give the same bytes."""
    picture, found = findings.picture(), findings.found
    tried = ", ".join(f"{sets:,} sets on {units}" for sets, units in findings.rounds)
    told = [
        f"Joined of: {set_words(findings.parts).replace(' + ', ', ')}.",
        f"Searched: {tried or 'no set is affordable'}.",
        f"Budget: {number(findings.budget)}; {findings.cost}.",
        f"Gain: {findings.gain}.",
    ]
    if found is None:
        told.insert(0, "No set keeps the budget.")
    style = files("stcsim.report").joinpath("style.css").read_text(encoding="utf-8")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content=f"stcsim {findings.version}"),
        tag("title", "Sets of arms under a budget · stcsim"),
        Html(f"<style>{style}</style>"),
    )
    parts: list[tuple[str, list[Html]]] = [
        ("What was searched", [card(tag("ul", *(tag("li", line) for line in told)))])
    ]
    if found is not None and picture is not None:
        parts.insert(0, ("Sets on fresh seeds", [figure(picture), card(_sets(found)), *_adds(found)]))
    parts.append(("What the model cannot say", [card(limits_part())]))
    again = tag("pre", tag("code", findings.command), tabindex="0")
    parts.append(("How to repeat it", [card(join(tag("p", "The search goes on, or again:"), again))]))
    main = [tag("section", tag("h2", title), *body, class_="part") for title, body in parts]
    opening = tag("header", tag("h1", "Sets of arms under a budget"))
    bar = tag("div", tag("p", "stcsim · report of a portfolio"), class_="bar")
    body = tag("body", bar, tag("main", opening, *main))
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en')}\n"


def _sets(found: Portfolio) -> Html:
    rows: list[list[Child]] = [
        [
            set_words(chosen.parts),
            _estimate(chosen.gain),
            number(chosen.searched),
            f"{_estimate(chosen.cost)}{'' if chosen.affordable else ', above the budget'}",
            share_words(chosen.best) or "0%",
            ""
            if chosen.synergy is None
            else f"{_TOGETHER[chosen.synergy.word]}: {_estimate(chosen.synergy)}",
        ]
        for chosen in found.sets
    ]
    head: list[Child] = ["Set", "Gain", "In the search", "Cost", "Best of these", "Together"]
    words = tag(
        "p",
        "In the search: the gain in the runs that chose the set, which looks better than it is. Together: "
        "the gain beyond the sum of the parts alone; “as the sum” where it cannot be told from 0.",
        class_="small",
    )
    return join(table(head, rows, caption="Sets that were found, the best first"), words)


def _adds(found: Portfolio) -> list[Html]:
    rows: list[list[Child]] = [
        [
            set_words(chosen.parts),
            part.replace("_", " "),
            _estimate(e),
            {"more": "adds", "less": "takes away"}.get(e.word, "may be left out"),
        ]
        for chosen in found.sets
        for part, e in chosen.adds.items()
    ]
    head: list[Child] = ["Set", "Part", "Adds to the others", "So it"]
    return [card(table(head, rows, caption="What each part adds"))] if rows else []


def _estimate(e: Estimate) -> str:
    return f"{signed(e.mean)} ({signed(e.low)} to {signed(e.high)})"
