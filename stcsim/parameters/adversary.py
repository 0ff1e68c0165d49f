"""How procurement networks choose, learn and lose."""

from stcsim.spec import Spec, quantity


class AdversaryParameters(Spec):
    """Potential attempts, the choice of a way, perceived risk, and the life of front companies."""

    attempts: float = quantity(15.0, unit="1/yr", low=0, high=10_000, sweep=(5.0, 60.0))
    """Potential attempts of one network a year, at its highest rate."""

    choice_intensity: float = quantity(6.0, unit="1/risk", low=0, high=1000, sweep=(2.0, 15.0))
    """How sharply a network prefers the better way (lambda): 0 is blind choice."""

    hearsay_weight: float = quantity(0.5, unit="share", low=0, high=1, sweep=(0.0, 0.9))
    """Weight of what can be seen of a post's inspections beside own losses (omega)."""

    risk_up: float = quantity(0.35, unit="share", low=0, high=1, sweep=(0.15, 0.7))
    """Share of the remaining distance to certainty by which a loss raises the perceived risk of that way."""

    risk_down: float = quantity(0.03, unit="share", low=0, high=1, sweep=(0.01, 0.1))
    """Share of the perceived risk of a way that a success takes away."""

    risk_drift: float = quantity(0.4, unit="1/yr", low=0, high=10, sweep=(0.1, 2.0))
    """Rate at which perceived risk drifts back to the prior."""

    risk_prior: float = quantity(0.15, unit="risk", low=0, high=1, sweep=(0.05, 0.4))
    """Risk that a network supposes of a way on which it has no experience."""

    observation_lag: float = quantity(0.25, unit="yr", low=0, high=10, sweep=(0.0, 1.0))
    """Lag with which a post's inspections can be seen."""

    cost_deceive: float = quantity(0.15, unit="risk", low=0, high=5, sweep=(0.0, 0.4))
    """Cost of deceiving the licensing authority through a front, in units of risk."""

    cost_unlicensed: float = quantity(0.0, unit="risk", low=0, high=5, sweep=(0.0, 0.4))
    """Cost of shipping without a licence, in units of risk."""

    cost_unaware: float = quantity(0.10, unit="risk", low=0, high=5, sweep=(0.0, 0.4))
    """Cost of using an unaware firm, in units of risk."""

    cost_third_country: float = quantity(0.15, unit="risk", low=0, high=5, sweep=(0.0, 0.4))
    """Cost of going through another country, in units of risk."""

    cost_intangible: float = quantity(0.10, unit="risk", low=0, high=5, sweep=(0.0, 0.4))
    """Cost of an intangible transfer, in units of risk."""

    cost_open_stretch: float = quantity(0.10, unit="risk", low=0, high=5, sweep=(0.0, 0.4))
    """Cost of crossing an open stretch of the border, in units of risk."""

    cost_after_delivery: float = quantity(0.10, unit="risk", low=0, high=5, sweep=(0.0, 0.4))
    """Cost of diverting after a licensed delivery, in units of risk."""

    cost_wait: float = quantity(0.5, unit="risk", low=0, high=5, sweep=(0.2, 0.9))
    """Cost of letting an opportunity pass, in units of risk."""

    home_restraint: float = quantity(0.4, unit="share", low=0, high=1, sweep=(0.1, 0.9))
    """Share of its attempts that a state-linked network forgoes when the will of its home is full instead of
    at its base."""

    front_burn: float = quantity(0.5, unit="share", low=0, high=1, sweep=(0.1, 0.9))
    """Probability that a network drops a front with which it has just suffered a loss."""

    front_drop: float = quantity(0.15, unit="1/yr", low=0, high=100, sweep=(0.05, 0.5))
    """Rate at which a front is dropped for no visible reason (b0)."""

    front_drop_listed: float = quantity(2.0, unit="1/yr", low=0, high=100, sweep=(0.5, 6.0))
    """Added rate at which a publicly listed front is dropped (b1)."""

    front_replacement: float = quantity(0.25, unit="yr", above=0, high=50, sweep=(0.1, 1.0))
    """Mean time until a dropped front is replaced."""

    deceit_skill: float = quantity(1.0, unit="-", low=0.1, high=10, sweep=(0.7, 1.5))
    """How well a network deceives: it divides the separation of its consignments and applications."""
