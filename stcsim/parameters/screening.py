"""Targeting, inspecting and recognising at a checkpoint."""

from stcsim.spec import Spec, quantity


class ScreeningParameters(Spec):
    """Signal detection at posts with declarations, and interception where there are none."""

    inspected_share: float = quantity(
        0.04, unit="share", above=0, high=1, sweep=(0.01, 0.15), basis="us_containers"
    )
    """Share of declared trade that is physically inspected; within the 2 to 5% reported."""

    strategic_share: float = quantity(0.5, unit="share", low=0, high=1, sweep=(0.05, 0.8))
    """Share of inspections that looks for strategic goods when political will is full."""

    trade_dispersion: float = quantity(0.5, unit="log", low=0, high=3, sweep=(0.2, 1.0))
    """Standard deviation of the logarithm of yearly trade among the posts of one country."""

    targeting_base: float = quantity(0.2, unit="sd", low=-5, high=10, sweep=(0.0, 0.5))
    """Separation d' of violating from ordinary consignments in risk scores at competence zero."""

    targeting_slope: float = quantity(
        2.6, unit="sd", low=0, high=10, sweep=(1.0, 3.6), basis="grigoriou_2019"
    )
    """Rise of that separation with the competence `risk_targeting`; derived so that a good system has about
    1.37."""

    network_intelligence_gain: float = quantity(0.6, unit="sd", low=0, high=10, sweep=(0.1, 1.5))
    """Rise of the separation for a network's current way when an item on it has been read (category 1)."""

    recognition_base: float = quantity(-0.25, unit="probit", low=-10, high=10, sweep=(-1.5, 0.5))
    """Probit of recognising an inspected strategic good at competence zero (z0)."""

    recognition_slope: float = quantity(2.2, unit="probit", low=0, high=10, sweep=(1.0, 3.0))
    """Rise of that probit with the competence `commodity_identification` (z1)."""

    listed_gain: float = quantity(1.2, unit="probit", low=0, high=10, sweep=(0.3, 2.5))
    """Rise of that probit when the party is on a list that the officer has read."""

    prevalence_slope: float = quantity(
        0.207, unit="probit/logit", low=0, high=2, sweep=(0.0, 0.3), basis="wolfe_2005"
    )
    """Fall of that probit per logit of rarity; derived from misses of 7, 16 and 30% at prevalence 50, 10 and
    1%."""

    prevalence_reference: float = quantity(0.02, unit="share", above=0, high=0.5, sweep=(0.001, 0.5))
    """Prevalence among inspected goods from which rarity is counted (p_ref)."""

    concealment: float = quantity(0.0, unit="probit", low=0, high=10, sweep=(0.0, 1.0))
    """Fall of that probit because goods are disguised."""

    hours_per_inspection: float = quantity(3.0, unit="hours", above=0, high=1000, sweep=(1.0, 12.0))
    """Inspector hours of one inspection."""

    hours_per_false_listing: float = quantity(3.0, unit="hours", low=0, high=1000, sweep=(1.0, 12.0))
    """Inspector hours of the inspection of an honest consignment that a false listing selected."""

    hours_per_doubt: float = quantity(6.0, unit="hours", low=0, high=1000, sweep=(1.0, 24.0))
    """Inspector hours that a doubtful consignment takes until it is determined."""

    deceit_smuggling: float = quantity(1.0, unit="-", low=0, high=2, sweep=(0.7, 1.3))
    """Factor on the separation for plain smuggling."""

    deceit_reexport: float = quantity(0.8, unit="-", low=0, high=2, sweep=(0.5, 1.0))
    """Factor on the separation for re-export through another country."""

    deceit_unaware: float = quantity(0.7, unit="-", low=0, high=2, sweep=(0.4, 1.0))
    """Factor on the separation for a shipment through an unaware firm."""

    deceit_ignorance: float = quantity(0.6, unit="-", low=0, high=2, sweep=(0.3, 1.0))
    """Factor on the separation for a shipment whose exporter does not know that it is controlled."""

    deceit_licensed_front: float = quantity(0.25, unit="-", low=0, high=2, sweep=(0.0, 0.6))
    """Factor on the separation for a front company that holds a licence."""

    licence_misuse: float = quantity(0.15, unit="share", low=0, high=1, sweep=(0.03, 0.4))
    """Share of shipments under a licence obtained by deceit whose licence is forged, used up or made out for
    other goods, so that an officer who sees the register finds out."""

    patrol_interception: float = quantity(0.3, unit="share", low=0, high=1, sweep=(0.05, 0.6))
    """Share of a patrol's chance to intercept that is left where there is no intelligence on the crossing."""

    false_hits_per_listing: float = quantity(0.5, unit="1/yr", low=0, high=1000, sweep=(0.1, 4.0))
    """Honest consignments a year that a post selects because of one false listing that it has read."""

    list_newness_share: float = quantity(0.15, unit="share", low=0, high=1, sweep=(0.02, 0.4))
    """Share of wanted goods that only the newest version of the control list names."""

    border_days: float = quantity(2.0, unit="days", low=0, high=60, sweep=(0.5, 7.0))
    """Days that a declared consignment spends at a border whose procedures are not those of its
    neighbours."""

    alignment_saves: float = quantity(0.4, unit="share", low=0, high=1, sweep=(0.1, 0.7))
    """Share of these days that fully aligned procedures save."""

    alignment_lifts: float = quantity(0.4, unit="share", low=0, high=1, sweep=(0.1, 0.8))
    """Share of its distance to the neighbours' mean targeting that a post below it makes up by fully aligned
    procedures."""

    alignment_reveals: float = quantity(0.5, unit="share", low=0, high=1, sweep=(0.1, 0.9))
    """Share of what passing through another country hides that fully aligned procedures bring to light."""
