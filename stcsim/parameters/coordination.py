"""What coordinating costs those who take part."""

from stcsim.spec import Spec, quantity


class CoordinationParameters(Spec):
    """Hours of convenings and exchanges, and what an hour is worth."""

    convening_hours: float = quantity(4.0, unit="hours", low=0, high=200, sweep=(2.0, 16.0))
    """Hours of one member in one convening, preparation included, before the form of governance adds to
    them."""

    shared_link_hours: float = quantity(0.15, unit="share", low=0, high=10, sweep=(0.05, 0.5))
    """Share of the convening hours that each link between two members adds under shared governance: each
    member bears ``convening_hours * (1 + shared_link_hours * (n - 1) / 2)``."""

    lead_factor: float = quantity(1.15, unit="-", low=1, high=10, sweep=(1.0, 1.6))
    """Factor on the convening hours of a member under a lead organisation, whatever the number of members."""

    wage: float = quantity(50.0, unit="usd/h", low=0, high=1000, sweep=(10.0, 120.0))
    """Value of an hour of staff, in US dollars."""

    exchange_hours: float = quantity(1.0, unit="hours", low=0, high=200, sweep=(0.25, 4.0))
    """Hours of the sender for one item to one receiver; one dispatch of a hub to all its members counts
    once."""

    consensus_weeks: float = quantity(26.0, unit="weeks", low=0, high=520, sweep=(0.0, 104.0))
    """Weeks by which consensus delays a mechanism where the bodies concerned want the opposite of each other
    and do not trust each other."""

    meeting_share: float = quantity(0.2, unit="share", low=0.001, high=1, sweep=(0.05, 0.5))
    """Most of its working time that a body gives to convenings; it stays away from what goes beyond."""

    trip_cost: float = quantity(3.0, unit="thousand USD", low=0, high=100, sweep=(1.0, 8.0))
    """Cost of one body's trip to a convening in another country."""

    home_trips_cost: float = quantity(5.0, unit="thousand USD/yr", low=0, high=1000, sweep=(1.0, 20.0))
    """What a body's trips to convenings and courses in its own country cost in a year."""

    trips_share: float = quantity(0.15, unit="share", low=0, high=1, sweep=(0.05, 0.5))
    """Share of the convenings and courses at home that a body attends only where its country pays for the
    trip."""

    baseline_convenings: float = quantity(2.0, unit="1/yr", low=0, high=365, sweep=(0.0, 6.0))
    """Convenings a year in which every holder takes part without any mechanism."""

    hours_per_fte: float = quantity(1700.0, unit="hours/yr", above=0, high=8760, sweep=(1400.0, 2100.0))
    """Working hours of a full-time equivalent a year: weeks of 35 hours with long leave to weeks of 44 with
    little."""
