"""How items of information arise, travel, are read and go stale."""

from stcsim.spec import Spec, quantity


class InformationParameters(Spec):
    """Channels that exist without any mechanism, births of items, reading, vetting and handling."""

    delay_domestic: float = quantity(180.0, unit="days", above=0, high=20_000, sweep=(30.0, 400.0))
    """Mean delay of an item on an informal tie between two agencies of one country (1/lambda)."""

    delay_headquarters_post: float = quantity(90.0, unit="days", above=0, high=20_000, sweep=(7.0, 200.0))
    """Mean delay of an item between customs headquarters and a post of its own."""

    delay_cross_border: float = quantity(720.0, unit="days", above=0, high=20_000, sweep=(180.0, 2000.0))
    """Mean delay of an item on an informal tie across a border."""

    tie_probability: float = quantity(0.5, unit="share", low=0, high=1, sweep=(0.1, 0.9))
    """Probability that two agencies that could have an informal tie have one."""

    sender_capacity: float = quantity(200.0, unit="1/yr", above=0, high=100_000, sweep=(20.0, 1000.0))
    """Exchanges a year that one full-time liaison officer can make (Lambda_u per FTE): one a working day."""

    liaison_share: float = quantity(0.05, unit="share", low=0, high=1, sweep=(0.01, 0.15))
    """Share of a holder's staff that works as liaison when no liaison officer is posted."""

    intelligence_rate: float = quantity(0.25, unit="1/yr", low=0, high=100, sweep=(0.05, 1.0))
    """Items that intelligence collection yields per live front and country a year, times skill."""

    civil_society_rate: float = quantity(0.10, unit="1/yr", low=0, high=100, sweep=(0.0, 0.3))
    """Items that civil society and media yield per live front and country a year."""

    home_weight: float = quantity(3.0, unit="-", low=0, high=100, sweep=(1.0, 6.0))
    """How many times as often an item is born in the subject's own state as in another one."""

    item_life: float = quantity(2.0, unit="yr", above=0, high=100, sweep=(0.5, 5.0))
    """Time until an item goes stale."""

    hours_per_item: float = quantity(2.0, unit="hours", above=0, high=1000, sweep=(0.5, 8.0))
    """Analyst hours that it takes to read an item and act on it."""

    reading_share: float = quantity(0.05, unit="share", low=0, high=1, sweep=(0.01, 0.15))
    """Share of a holder's staff hours that goes into reading items."""

    false_share: float = quantity(0.25, unit="share", low=0, high=1, sweep=(0.05, 0.6))
    """Share of unvetted items about a party that name an honest firm or a namesake."""

    vetting_removes: float = quantity(0.7, unit="share", low=0, high=1, sweep=(0.3, 0.95))
    """Share of false items that vetting stops."""

    vetting_delay_days: float = quantity(5.0, unit="days", low=0, high=1000, sweep=(1.0, 30.0))
    """Delay that vetting adds to an item."""

    vetting_hours: float = quantity(4.0, unit="hours", low=0, high=1000, sweep=(1.0, 16.0))
    """Analyst hours that it takes to vet an item."""

    tearline_loss: float = quantity(0.3, unit="share", low=0, high=1, sweep=(0.1, 0.6))
    """Share of an item's use that is lost when a tear-line version makes it releasable."""

    report_rate: float = quantity(0.1, unit="share", low=0, high=1, sweep=(0.02, 0.3))
    """Probability that an aware firm reports a suspicious enquiry that an attempt has put to it."""

    contact_report_rate: float = quantity(0.4, unit="share", low=0, high=1, sweep=(0.15, 0.8))
    """The same for a firm that knows whom to tell, at a body that has all its time to listen; not below
    `report_rate`."""

    tip_gain: float = quantity(
        0.33, unit="share", low=0, high=10, sweep=(0.1, 0.7), basis="bis_disclosure_policy_2023"
    )
    """Rise of the probability of a report where a policy gives credit for disclosing; tips rose by 33%."""

    reliability_noise: float = quantity(0.5, unit="sd", low=0, high=10, sweep=(0.1, 2.0))
    """Standard deviation of the noise between the truth of an item and the reliability that a holder is
    shown."""
