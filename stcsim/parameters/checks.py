"""End-use checks before and after delivery."""

from stcsim.spec import Spec, quantity


class CheckParameters(Spec):
    """How many licences are checked, how well chosen, and what a check takes."""

    coverage: float = quantity(0.016, unit="share", low=0, high=1, sweep=(0.01, 0.06), basis="gao_04_357")
    """Share of licences whose end-use is checked after delivery (c); derived from 428 checks on 26,340
    licences."""

    targeting_base: float = quantity(0.3, unit="sd", low=-5, high=10, sweep=(0.0, 0.6))
    """Separation d' of bad from good end-users in the choice of checks at competence zero."""

    targeting_slope: float = quantity(1.5, unit="sd", low=0, high=10, sweep=(0.5, 3.0))
    """Rise of that separation with the competence `end_use_verification`."""

    hit_share: float = quantity(0.5, unit="share", low=0, high=1, sweep=(0.2, 0.9))
    """Probability that a check of a diverted delivery finds it out."""

    hours_each: float = quantity(40.0, unit="hours", above=0, high=2000, sweep=(10.0, 120.0))
    """Staff hours of one check after delivery."""

    diversion_days: float = quantity(60.0, unit="days", low=0, high=3650, sweep=(15.0, 240.0))
    """Mean time between a licensed delivery and its onward sale."""
