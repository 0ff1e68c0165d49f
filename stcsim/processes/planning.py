"""Donors commit their money, in turn or blind, within what they can pay, staff and expect to be absorbed."""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8, I8
from stcsim.processes.audiences import ACTIVITIES, REGIONAL
from stcsim.processes.modalities import WAY
from stcsim.state.populations import B1

_LEAST = 1e-9


def turns(chairs: B1, runs: int) -> I8:
    """Return the order in which the donors of each run plan, chairs first, shape (runs, donors of a run)."""
    chairing = chairs.reshape(runs, -1) if len(chairs) else np.zeros((runs, 0), dtype=np.bool_)
    return np.argsort(~chairing, axis=1, kind="stable")


def commit(
    score: F8,
    cost: F8,
    spread: F8,
    money: F8,
    experts: F8,
    room: F8,
    weight: F8,
    sees: B1,
    order: I8,
) -> B1:
    """Return what every donor commits to in a quarter, shape (donors, options of a run).

    A donor takes, one after the other, what it scores highest among what it can still pay and has experts
    for. It discounts a score by what the holders can still absorb, ``min(1, A / load)``, as far as it knows
    of load, to which a lighter activity adds less. Donors that see commitments know of those made before
    them in the group: they do not repeat them, and count them as load. The others plan as if alone.

    Parameters
    ----------
    score : how much each donor wants each option, not negative; shape (donors, M)
    cost : thousand USD, shape (runs, M)
    spread : share of each kind among the holders that an option reaches, shape (runs, M, kinds)
    money, experts : thousand USD and events at each donor's disposal, shape (donors,)
    room : activities that a kind of holder can absorb in a quarter, A, shape (runs, countries)
    weight : load that an activity of each modality is, shape (runs, modalities)
    sees : whether a donor sees the commitments of the group, shape (donors,)
    order : turns of the donors, shape (runs, donors of a run)
    """
    runs, options = cost.shape
    taken = np.zeros((runs, order.shape[1], options), dtype=np.bool_)
    wanted, purse = score.reshape(taken.shape), money.reshape(order.shape)
    hands, member = experts.reshape(order.shape), sees.reshape(order.shape)
    known = np.zeros((runs, options), dtype=np.bool_)
    load = np.zeros((runs, room.shape[1], spread.shape[2]))
    each = np.arange(runs)
    for turn in range(order.shape[1]):
        who = order[:, turn]
        joint = member[each, who]
        chosen, added = _fill(
            np.where(known & joint[:, None], 0.0, wanted[each, who]),
            cost,
            spread,
            purse[each, who],
            hands[each, who],
            room,
            weight,
            load * joint[:, None, None],
        )
        taken[each, who] = chosen
        known |= _wherever(chosen) & joint[:, None]
        load += added * joint[:, None, None]
    return taken.reshape(-1, options)


def _fill(
    score: F8, cost: F8, spread: F8, money: F8, experts: F8, room: F8, weight: F8, load: F8
) -> tuple[B1, F8]:
    """One donor per run picks until it wants or can have nothing more; return its choice and the load."""
    runs, options = cost.shape
    money, experts, added = money.copy(), experts.copy(), np.zeros_like(load)
    chosen = np.zeros((runs, options), dtype=np.bool_)
    of_place = spread.reshape(runs, -1, ACTIVITIES, spread.shape[2])
    left = np.where(cost > money[:, None], 0.0, score)
    absorbed = _absorbed(of_place, room[..., None], weight[:, None], load).reshape(runs, options)
    run: I8 = np.arange(runs)
    while len(run):
        best = (left[run] * absorbed[run]).argmax(axis=1)
        picks = (left[run, best] > 0) & (experts[run] >= 1)
        run, option = run[picks], best[picks]
        place, activity = option // ACTIVITIES, option % ACTIVITIES
        chosen[run, option] = True
        left[run, option] = 0.0
        wide = REGIONAL[activity]
        left.reshape(runs, -1, ACTIVITIES)[run[wide], :, activity[wide]] = 0.0
        money[run] -= cost[run, option]
        experts[run] -= 1
        left[run] = np.where(cost[run] > money[run, None], 0.0, left[run])
        own = weight[run, WAY[activity]]
        added[run, place] += own[:, None] * (spread[run, option] > 0)
        # only where it was picked is there more load than before
        absorbed.reshape(runs, -1, ACTIVITIES)[run, place] = _absorbed(
            of_place[run, place], room[run, place, None], weight[run], load[run, place] + added[run, place]
        )
    return chosen, added


def _absorbed(spread: F8, room: F8, weight: F8, load: F8) -> F8:
    """Return the share of each activity that would be absorbed on top of a load, shape (..., A).

    Parameters
    ----------
    spread : share of each kind among the holders that it reaches, shape (..., A, kinds)
    room, load : activities that each kind can absorb, and has, broadcasting against (..., kinds)
    weight : load that an activity of each modality is, broadcasting against (..., modalities)
    """
    after = load[..., None, :] + weight[..., None]
    each = spread * np.minimum(1.0, room[..., None] / np.maximum(after, _LEAST))[..., WAY, :]
    # added up in the order of kinds
    total = each[..., 0].copy()
    for kind in range(1, each.shape[-1]):
        total += each[..., kind]
    return total


def _wherever(chosen: B1) -> B1:
    """Return what is chosen, a regional activity in every country that might have been its host."""
    each = chosen.reshape(len(chosen), -1, ACTIVITIES)
    return np.asarray((each | (each.any(axis=1, keepdims=True) & REGIONAL)).reshape(chosen.shape))
