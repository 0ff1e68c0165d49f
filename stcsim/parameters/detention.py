"""What follows when an officer doubts."""

from stcsim.spec import Spec, quantity


class DetentionParameters(Spec):
    """Doubt, detention, the technical answer, and release when the clock runs out."""

    doubt_share: float = quantity(0.4, unit="share", low=0, high=1, sweep=(0.2, 0.7))
    """Share of inspected violations not recognised at once that leave the officer in doubt."""

    classification_asked: float = quantity(0.8, unit="share", low=0, high=1, sweep=(0.4, 1.0))
    """Share of the goods that an officer recognises against their exporter's classification which are held
    for an answer instead of seized at once."""

    hold_without_clock_days: float = quantity(5.0, unit="days", low=0, high=365, sweep=(1.0, 15.0))
    """How long customs hold doubtful goods in practice where the law sets no clock for it."""

    answer_days_without_channel: float = quantity(30.0, unit="days", above=0, high=1000, sweep=(10.0, 60.0))
    """Mean time to a technical answer where no channel leads to anybody who could give it."""

    ambiguous_share: float = quantity(0.05, unit="share", low=0, high=1, sweep=(0.01, 0.2))
    """Share of honest inspected consignments that look like controlled goods."""

    ambiguous_licensed: float = quantity(0.2, unit="share", low=0, high=1, sweep=(0.05, 0.5))
    """Share of these that travel under a licence, which an officer who sees the register finds there."""

    detained_by_mistake: float = quantity(0.10, unit="share", low=0, high=1, sweep=(0.02, 0.3))
    """Probability that an officer of competence .45 detains an ambiguous honest consignment; it falls with
    competence, to none at 1."""

    determination_base: float = quantity(1.0, unit="sd", low=-5, high=10, sweep=(0.5, 1.5))
    """Separation d' of controlled from ambiguous goods in a technical determination at competence zero."""

    determination_slope: float = quantity(2.0, unit="sd", low=0, high=10, sweep=(1.0, 3.0))
    """Rise of that separation with the competence of the body that answers."""
