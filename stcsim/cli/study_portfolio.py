"""The command ``study portfolio``: the best sets of arms under a budget."""

from __future__ import annotations

import shlex
from math import comb
from typing import TYPE_CHECKING, Annotated

import typer

from stcsim.cli.console import print_aside, write
from stcsim.cli.options import Dask, Jobs, Options
from stcsim.cli.study_plan import STUDY_HELP, counted
from stcsim.cli.study_ranking import unit_of
from stcsim.cli.study_run import working
from stcsim.errors import quote

if TYPE_CHECKING:
    from stcsim.analysis.halving import Search
    from stcsim.analysis.portfolio import ChosenSet, Estimate
    from stcsim.api.portfolio import Effort, PortfolioResult
    from stcsim.study.plan import StudyPlan

_SYNERGY = {
    "more": "more than its parts add up to",
    "less": "less than its parts add up to",
    "not distinguishable": "not distinguishable from what its parts add up to",
}


def register(app: typer.Typer) -> None:
    """Add the command of this module to `app`."""
    app.command("portfolio")(portfolio)


def portfolio(
    file: Annotated[str, typer.Argument(metavar="FILE", help=STUDY_HELP)],
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Folder; a second call goes on in it.")],
    parts: Annotated[
        str, typer.Option("--parts", metavar="N", help="Arms that a set is joined of, at most.")
    ] = "3",
    start: Annotated[
        str, typer.Option("--start", metavar="N", help="Runs of each set in the first round.")
    ] = "8",
    last: Annotated[str, typer.Option("--last", metavar="N", help="Runs of each set in the last.")] = "64",
    keep: Annotated[str, typer.Option("--keep", metavar="N", help="Sets that remain in the end.")] = "4",
    fresh: Annotated[
        str, typer.Option("--fresh", metavar="N", help="Runs by which these are estimated again.")
    ] = "64",
    jobs: Jobs = None,
    dask: Dask = None,
) -> None:
    """Find the best sets of a study's arms under its budget, and estimate them on fresh seeds."""
    options = Options()
    most_parts = options.whole("--parts", parts, 1, 20)
    first = options.whole("--start", start, 2, 1_000_000)
    final = options.whole("--last", last, 2, 1_000_000)
    kept = options.whole("--keep", keep, 1, 100)
    anew = options.whole("--fresh", fresh, 2, 1_000_000)
    processes = options.jobs(jobs, dask)
    folder = options.folder("--out", out)
    options.check()
    assert folder is not None

    from stcsim.api.portfolio import Effort, budget_of, find_portfolio
    from stcsim.study.study_reading import read_study

    plan = read_study(file).plan
    budget_of(plan, file)
    effort = Effort(most_parts, first, final, kept, anew)
    _tell_most(plan, effort)
    words = ["stcsim", "study", "portfolio", file, "--out", out, "--parts", parts, "--start", start]
    words += ["--last", last, "--keep", keep, "--fresh", fresh]
    again = f"what is finished is kept in {quote(folder, 200)}, and the same command goes on"
    with working(plan, processes, dask, lambda: again) as (means, tell):
        found = find_portfolio(
            plan,
            folder,
            means,
            effort,
            command=shlex.join(words),
            progress=lambda _stage, so_far: tell(so_far),
            warn=print_aside,
        )
    for line in lines(found):
        write(line)


def _tell_most(plan: StudyPlan, effort: Effort) -> None:
    """Say, before anything starts, how many runs it takes at most; the budget leaves sets out."""
    from stcsim.analysis.halving import most_runs

    parts = len(plan.arms) - 1
    sets = sum(comb(parts, size) for size in range(1, min(effort.most_parts, parts) + 1))
    beside = (1 + 2 * effort.most_parts) * effort.keep if effort.most_parts > 1 else effort.keep
    search = most_runs(sets, effort.start, effort.last, effort.keep) + effort.last
    estimate = effort.fresh * (1 + min(sets, beside))
    print_aside(f"{sets:,} sets: at most {search:,} runs to search, {estimate:,} to estimate what is found")


def lines(result: PortfolioResult) -> list[str]:
    """Return what is printed of a portfolio."""
    from stcsim.outcomes.registry import INFOS

    rounds = [f"{counted(len(r.sets), 'set')} on {r.units}" for r in result.search.rounds[1:]]
    budget, unit = result.search.budget, INFOS[result.cost].unit.replace("_", " ")
    said = [
        f"parts: {', '.join(result.search.parts)}",
        *_too_dear(result.search),
        f"searched: {', '.join(rounds) or 'no set is affordable'}",
        f"budget: {budget:g} {unit} of {result.cost} over the baseline",
    ]
    found = result.found
    if found is None:
        return [*said, "no set keeps the budget"]
    each = counted(found.units, "world" if found.over == "worlds" else "replication")
    said.append(f"estimated on {each} that had no part in choosing; {found.level:.0%} intervals, all at once")
    said.append(f"gain: {unit_of(result.by)}")
    for place, chosen in enumerate(found.sets, 1):
        said += [f"{place}. {chosen.name}", *_of(chosen)]
    return said


def _too_dear(search: Search) -> list[str]:
    """Say how many sets were not tried, for what their parts cost alone."""
    parts = len(search.parts)
    every = sum(comb(parts, size) for size in range(1, min(search.most_parts, parts) + 1))
    left = every - (len(search.rounds[1].sets) if len(search.rounds) > 1 else 0)
    if not left:
        return []
    return [f"not tried: {left:,} of {counted(every, 'set')}, whose parts cost more than the budget"]


def _of(chosen: ChosenSet) -> list[str]:
    cost = f"   cost {_words(chosen.cost)}" + ("" if chosen.affordable else ", above the budget")
    said = [
        f"   gain {_words(chosen.gain)}; in the search {chosen.searched:.4g}; best of these with "
        f"{chosen.best:.0%}",
        cost,
    ]
    if chosen.synergy is not None:
        said.append(f"   {_SYNERGY[chosen.synergy.word]}: {_words(chosen.synergy, signed=True)}")
        for part, adds in chosen.adds.items():
            verb = {"more": "adds", "less": "takes away"}.get(
                adds.word, "adds nothing that can be told from 0"
            )
            said.append(f"   {part} {verb}: {_words(adds, signed=True)}")
    return said


def _words(estimate: Estimate, *, signed: bool = False) -> str:
    sign = "+" if signed else ""
    return f"{estimate.mean:{sign}.4g} ({estimate.low:{sign}.4g} to {estimate.high:{sign}.4g})"
