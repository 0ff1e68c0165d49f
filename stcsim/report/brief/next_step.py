"""What to do next: what the analysis lacks first, else the decision and when to look again."""

from __future__ import annotations

from stcsim.pictures.leading import best_of, first_outcome
from stcsim.pictures.words import listed
from stcsim.report.brief.headlines import elsewhere
from stcsim.report.brief.inputs import BriefInputs
from stcsim.report.brief.missing import lacking_pairs
from stcsim.report.brief.statistics import what_to_watch
from stcsim.report.brief.timing import enough_weeks, late_options
from stcsim.report.brief.words import months


def next_step(inputs: BriefInputs) -> str:
    """Return what to do next: what the analysis lacks first, else the decision and when to look again."""
    effects, robust, gaps = inputs.effects, inputs.robust, inputs.gaps
    if gaps.unfinished:
        return f"{'; '.join(gaps.words())}. Decide nothing on this yet; finish it: {gaps.finish}"
    if pairs := lacking_pairs(inputs):
        again = f": {gaps.finish}" if gaps.finish else ""
        return f"{'; '.join(pairs)}. Decide nothing on this yet; finish it{again}"
    if gaps.failed:
        lacking = f", and {inputs.lacking}" if inputs.lacking else ""
        return f"Before deciding, have the analysts find why runs failed ({gaps.look}){lacking}."
    if late := late_options(inputs):
        named = listed([effects.label(arm) for arm in late])
        longer = f"--set time.counted_weeks={enough_weeks(inputs, late)}"
        also = f", and {inputs.lacking}" if inputs.lacking else ""
        run = f"{inputs.command} {longer}" if inputs.command.startswith("stcsim compare") else longer
        step = f"have the analysts count a longer time, in which {named} can act"
        return f"Before deciding, {step}{also} ({run})."
    if inputs.lacking:
        run = f" ({inputs.command})" if inputs.command else ""
        return f"Before deciding, have the analysts {inputs.lacking}{run}."
    best = best_of(effects)
    if best is None:
        return "Decide nothing on this; ask which assumption, if it were known, would settle the order."
    needs = inputs.needs.get(best, ())
    missing = [n.missing for n in needs if n.missing]
    if missing:
        return f"Clear what {effects.label(best)} lacks first: {missing[0]}."
    when = max((n.start + n.lead_time for n in needs), default=0)
    settled = robust is None or 2 * robust.first.get(best, 0) >= robust.of
    held = all(found.holds for found in inputs.again if found.arm == best)
    sure = settled and held and effects.get(best, first_outcome(effects)).verdict == "clearly"
    ask = f"{'Decide for' if sure else 'Start'} {effects.label(best)}{'' if sure else ' as a trial'}"
    ask += " with the bodies named above"
    if other := [f"for {found.outcome}, {found.option}" for found in elsewhere(inputs)]:
        ask += f"; weigh beside it, {listed(other)}"
    look = f"look again {months(when + 52)} after the decision{what_to_watch(inputs, best)}"
    if robust is not None and robust.turns:
        return f"{ask}; get a figure for what the order turns on ({robust.turns[0]}); {look}."
    if inputs.weighty:
        return f"{ask}; get a figure for {inputs.weighty[0]}; {look}."
    return f"{ask}; {look}."
