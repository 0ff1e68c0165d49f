"""Tiers of licences: what needs an application, and what goes under a general or a global licence.

The register's shares go without an application everywhere. Where the law has tiers, firms with an internal
compliance programme need none for a further share of what is left; and a share of networks' transfers that
would have been reviewed claims a general licence instead.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.draws import F8, U64, Draws
from stcsim.parameters import Parameters
from stcsim.state.populations import B1


def widened(share: Any, added: Any, tiers: B1) -> F8:
    """Return a share without application, widened by a share of the rest where tiers hold, shape (n,)."""
    return np.asarray(share + (1 - share) * np.where(tiers, added, 0.0))


def covered(draws: Draws, key: U64, programme: B1, tiers: B1, p: Parameters) -> B1:
    """Whether an export needs no application: under a general licence, or, with a programme, a global one.

    Parameters
    ----------
    key : keys of the exports, shape (n,)
    programme : whether its firm has an internal compliance programme, shape (n,)
    tiers : whether its country has tiers of licences, shape (n,)
    p : parameters of each export's run
    """
    q, wide = p.licensing, tiers & programme
    general, whole = draws.uniform(("general_licence", "global_licence"), 0, key)
    general = general < widened(q.general_share, q.tier_general, wide)
    whole = whole < widened(q.global_share, q.tier_global, wide)
    return np.asarray(general | (programme & whole))


def waits(programme: B1, tiers: B1, p: Parameters) -> F8:
    """Return the share of the usual burden of waiting that tiers leave each firm, shape (n,)."""
    q, wide = p.licensing, tiers & programme
    left = (1 - np.asarray(q.tier_general)) * (1 - np.asarray(q.tier_global))
    return np.where(wide, left, 1.0)


def unreviewed(draws: Draws, key: U64, tiers: B1, p: Parameters) -> B1:
    """Whether a transfer of a network goes under a general licence that it has no right to, shape (n,)."""
    return np.asarray(tiers & (draws.uniform("tier_abuse", 0, key) < p.licensing.tier_abuse))
