"""What donors see, pay and deliver."""

from stcsim.spec import Spec, quantity


class DonorParameters(Spec):
    """Sizes and costs of assistance, and how wrongly needs are perceived."""

    seats: float = quantity(
        27.0, unit="people", above=0, high=1000, sweep=(15.0, 40.0), basis="wco_stce_2017"
    )
    """Participants of one training event; derived from 270 attendees of 10 national workshops."""

    event_cost: float = quantity(
        100.0, unit="thousand_usd", low=0, high=10_000, sweep=(40.0, 170.0), basis="exbs_funding"
    )
    """Cost of one training event; derived: funding over events gives at most 160 to 170 with equipment
    included."""

    equipment_cost: float = quantity(150.0, unit="thousand_usd", low=0, high=100_000, sweep=(50.0, 500.0))
    """Cost of equipping one post."""

    perception_error_own: float = quantity(0.25, unit="share", low=0, high=2, sweep=(0.0, 0.5))
    """Standard deviation of a donor's own error about a competence gap that nobody has assessed."""

    perception_error_common: float = quantity(0.20, unit="share", low=0, high=2, sweep=(0.0, 0.5))
    """Standard deviation of the error that all donors share, which makes them plan the same activity."""

    experts_events_per_quarter: float = quantity(
        12.0, unit="events/quarter", low=0, high=1000, sweep=(4.0, 30.0)
    )
    """Events that one donor's experts can deliver in a quarter, whatever its budget."""

    assessment_hours: float = quantity(8.0, unit="hours", low=0, high=2000, sweep=(8.0, 160.0))
    """Staff hours that an assessment costs each assessed holder."""

    candour_loss: float = quantity(0.15, unit="share", low=0, high=1, sweep=(0.0, 0.4))
    """Share of an assessment's accuracy lost with each repeat that donors do not share with each other."""

    assessment_memory: float = quantity(1.0, unit="yr", above=0, high=50, sweep=(0.3, 5.0))
    """How long hosts remember that they were assessed by somebody else already: the mean time."""

    report_memory: float = quantity(2.0, unit="yr", above=0, high=50, sweep=(0.5, 5.0))
    """Mean time for which a report on what an activity brought in a country stays of use."""

    report_insight: float = quantity(0.5, unit="share", low=0, high=1, sweep=(0.2, 0.8))
    """How far a fresh report shows what further activities on the same competence would bring there."""

    graduation_level: float = quantity(0.5, unit="share", low=0, high=1, sweep=(0.35, 0.7))
    """Captured capacity that a country has to hold for a year without aid in order to graduate."""

    crowding_out: float = quantity(0.3, unit="share", low=0, high=1, sweep=(0.0, 0.7))
    """Share of the national money for using capacity and for upkeep that gives way to aid where aid pays for
    nearly everything; where it pays half, half of this."""

    crowding_rate: float = quantity(1.0, unit="1/yr", low=0, high=20, sweep=(0.4, 3.0))
    """Rate at which national money gives way to aid that is expected to last: about a budget cycle."""

    recovery_rate: float = quantity(0.3, unit="1/yr", low=0, high=20, sweep=(0.1, 1.0))
    """Rate at which national money comes back after aid has ended, or once its end is announced."""

    handover_years: float = quantity(2.0, unit="yr", low=0, high=20, sweep=(1.0, 5.0))
    """How long donors that hand over go on paying for upkeep and use after they stopped their activities."""
