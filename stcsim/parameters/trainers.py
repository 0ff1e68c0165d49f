"""What becomes of trainers who are trained from outside: who teaches, whom, how well, and for how long."""

from stcsim.spec import Spec, quantity


class TrainerParameters(Spec):
    """Own trainers, generation after generation."""

    activation: float = quantity(0.28, unit="share", low=0, high=1, sweep=(0.15, 0.5), basis="wco_stce_2017")
    """Share of new trainers who ever teach when nobody follows them up; derived: between the 23 and 32% of
    countries whose accredited trainers deliver."""

    activation_teach_back: float = quantity(
        0.9, unit="share", low=0, high=1, sweep=(0.7, 0.95), basis="slmta_2014"
    )
    """Share of new trainers who teach when they are observed teaching and followed up; of 92% used at least
    once, 87% still active."""

    dilution: float = quantity(0.8, unit="share", low=0, high=1, sweep=(0.6, 0.95))
    """What the next generation of trainers knows of what its teachers know (alpha)."""

    offspring: float = quantity(1.5, unit="trainers", low=0, high=100, sweep=(0.7, 3.0))
    """New trainers whom one trainer trains in a generation (r); they multiply where r alpha times activation
    exceeds 1."""

    generation: float = quantity(
        2.0, unit="yr", above=0, high=50, sweep=(1.0, 4.0), basis="thailand_localisation"
    )
    """Years from a generation of trainers to the next; the time in which a course was made the country's
    own."""

    learners: float = quantity(4.4, unit="people/yr", low=0, high=1000, sweep=(2.0, 12.0), basis="slmta_2014")
    """People whom an active trainer trains in a year; derived: 1,900 people trained by 433 trainers, read as
    one year's."""

    hours: float = quantity(60.0, unit="h/yr", low=0, high=2000, sweep=(20.0, 200.0))
    """Hours of an active trainer that teaching takes from other work."""

    seats: float = quantity(
        18.0, unit="people", above=0, high=1000, sweep=(10.0, 25.0), basis="wco_stce_2017"
    )
    """Participants of one workshop for trainers; derived from 17 to 19."""

    most: float = quantity(0.15, unit="share", above=0, high=1, sweep=(0.05, 0.4))
    """Share of those who use a competence who can be trainers of it."""

    institutional_lift: float = quantity(0.6, unit="share", low=0, high=1, sweep=(0.2, 0.9))
    """Share of what leavers would take along that stays where everybody is taught at home each year."""
