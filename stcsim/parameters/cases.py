"""From a seizure to a conviction."""

from stcsim.spec import Spec, quantity


class CaseParameters(Spec):
    """Referral, warning, administrative penalty, prosecution and what a conviction does."""

    conviction_slope: float = quantity(0.5, unit="share", low=0, high=1, sweep=(0.1, 0.8))
    """Probability of a conviction per seizure, times the competence `investigation`."""

    cross_border_factor: float = quantity(0.4, unit="share", low=0, high=1, sweep=(0.1, 1.0))
    """Factor on that probability when evidence lies abroad and no agreement gives access to it."""

    operation_share: float = quantity(0.3, unit="share", low=0, high=1, sweep=(0.05, 0.8))
    """Chance, at full competence in investigation and time, that law enforcement which knows the front or
    watches the network stops a consignment before the border."""

    conviction_delay: float = quantity(1.0, unit="yr", above=0, high=20, sweep=(0.5, 3.0))
    """Mean time from a seizure to its conviction."""

    disruption: float = quantity(0.75, unit="yr", low=0, high=50, sweep=(0.25, 2.0))
    """Mean time for which a conviction stops a network."""

    lost_referral: float = quantity(0.3, unit="share", low=0, high=1, sweep=(0.1, 0.6))
    """Probability that a referral falls between two agencies when nobody's role is clear."""

    worked_twice: float = quantity(0.2, unit="share", low=0, high=1, sweep=(0.05, 0.5))
    """Probability that two agencies open a file each on one case when nobody's role is clear; it then takes
    twice the hours and twice the time to a decision."""

    referral_days: float = quantity(60.0, unit="days", above=0, high=2000, sweep=(20.0, 180.0))
    """Mean time until law enforcement gets a case from an agency that it has neither a forum nor a tie
    with; each channel between them competes with it."""

    lost_in_translation: float = quantity(0.4, unit="share", low=0, high=1, sweep=(0.1, 0.7))
    """Share of the referrals lost in cases against networks abroad that are lost because the two states use
    different terms."""

    disruption_in_absentia: float = quantity(0.5, unit="share", low=0, high=1, sweep=(0.1, 0.9))
    """Share of its effect that a conviction has on a network abroad whose state does not extradite."""

    warning_share: float = quantity(0.3, unit="share", low=0, high=1, sweep=(0.1, 0.6))
    """Share of cases not prosecuted that end with a warning."""

    administrative_share: float = quantity(0.5, unit="share", low=0, high=1, sweep=(0.2, 0.8))
    """Share of cases not prosecuted that end with an administrative penalty, where the law has one."""

    replacement_probability: float = quantity(0.3, unit="share", low=0, high=1, sweep=(0.0, 0.8))
    """Probability that another network takes over the demand of a disrupted one."""

    hours_per_case: float = quantity(400.0, unit="hours", above=0, high=20_000, sweep=(100.0, 1500.0))
    """Investigator hours of one case."""
