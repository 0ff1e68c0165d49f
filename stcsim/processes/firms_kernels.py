"""What firms take from their peers, as compiled loops: means over rows far apart, and what is made of them.

States the same as `firms` and `peers`, which are the reference, and has to give the same bits: sums are taken
in their order, and exponentials are left to NumPy. Rows of peers are taken as unsigned: of a signed one it is
looked whether it counts from the end. Imports Numba: see `stcsim.draws.compiled` for when this is wanted.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from stcsim.draws.kernels import made, read_only


def _pushed(
    weight: Any,
    peers: Any,
    start: Any,
    first: int,
    awareness: Any,
    own: Any,
    outreach: Any,
    contagion: Any,
    decay: Any,
    dt: float,
    steady: Any,
    exponent: Any,
) -> None:
    """Set where awareness tends to, and the exponent that its way there has gone after `dt` years.

    Parameters
    ----------
    weight, peers, start : of the firms of a block, as in `peers.MeansOverPeers`
    first : the first of them
    contagion, decay : of each firm, or one for all
    """
    several, different = len(contagion) > 1, len(decay) > 1
    for i in range(len(steady)):
        firm = first + i
        heard = 0.0
        for j in range(np.uint32(start[i]), np.uint32(start[i + 1])):
            heard += weight[j] * awareness[np.uint32(peers[j])]
        push = own[firm] + outreach[firm] + contagion[firm if several else 0] * heard
        rate = push + decay[firm if different else 0]
        steady[i] = push / max(rate, 1e-300) if rate > 0 else awareness[firm]
        exponent[i] = rate * -dt


def _weighed(
    weight: Any,
    peers: Any,
    start: Any,
    first: int,
    compliance: Any,
    programme: Any,
    country: Any,
    norm: Any,
    drive: Any,
    burden: Any,
    protection: Any,
    score: Any,
) -> None:
    """Set what speaks against compliance, the peers' norm included.

    Parameters
    ----------
    weight, peers, start, first : as in `pushed`
    drive, burden : without and with a compliance programme, by country, shape (2 * countries,)
    protection : shape (countries,)
    score : of the firms of the block
    """
    several, countries = len(norm) > 1, len(protection)
    for i in range(len(score)):
        firm = first + i
        chance = 0.0
        for j in range(np.uint32(start[i]), np.uint32(start[i + 1])):
            chance += weight[j] * compliance[np.uint32(peers[j])]
        home = country[firm]
        case = home + countries if programme[firm] else home
        found = drive[case] + norm[firm if several else 0] * (chance - 0.5)
        score[i] = -(found + protection[home] - burden[case])


_whole, _real, _flag = numba.types.int64, numba.types.float64, numba.types.boolean
_given, _made = read_only(_real), _real[::1]
_peers = _given, *[read_only(numba.types.int32)] * 2, _whole
pushed = made(_pushed, *_peers, *[_given] * 5, _real, _made, _made)
weighed = made(_weighed, *_peers, _given, read_only(_flag), read_only(_whole), *[_given] * 4, _made)
