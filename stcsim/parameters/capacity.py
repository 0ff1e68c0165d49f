"""How competence is acquired, put to use, and lost again."""

from stcsim.spec import Spec, quantity


class CapacityParameters(Spec):
    """Knowledge, practices, skills and tools (K, P, S, T) of a holder, latent and captured."""

    latent_use: float = quantity(
        0.60, unit="share", low=0, high=1, sweep=(0.3, 0.8), basis="saks_belcourt_2006"
    )
    """Share of acquired but not operationalised capacity that is in use anyway (phi); rounded from the .62
    who apply training at once."""

    decay_latent: float = quantity(
        0.76, unit="1/yr", low=0, high=10, sweep=(0.6, 1.3), basis="tatel_ackerman"
    )
    """Decay of latent knowledge and skills (delta_l of K and S); derived from a half-life of 11 months (6.5
    to 13)."""

    decay_latent_practices: float = quantity(0.35, unit="1/yr", low=0, high=10, sweep=(0.2, 0.7))
    """Decay of latent practices (delta_l of P), slower than that of a single person's skill."""

    decay_captured: float = quantity(0.10, unit="1/yr", low=0, high=10, sweep=(0.03, 0.3))
    """Decay of captured knowledge and skills (delta_x of K and S), which daily use refreshes."""

    decay_captured_practices: float = quantity(0.05, unit="1/yr", low=0, high=10, sweep=(0.02, 0.15))
    """Decay of captured practices (delta_x of P), which written procedures keep."""

    capture_rate: float = quantity(
        0.6, unit="1/yr", low=0, high=10, sweep=(0.2, 1.5), basis="saks_belcourt_2006"
    )
    """Background rate of latent becoming captured before authority and funding scale it (kappa0); fitted so
    that the shares in use after 6 and 12 months come near .44 and .34."""

    capture_unmanaged: float = quantity(0.15, unit="share", low=0, high=1, sweep=(0.05, 0.3))
    """Share of an activity's yield that is captured at once when nobody follows up (q); discounted from the
    23 to 32% of countries whose newly accredited trainers deliver."""

    capture_planned: float = quantity(0.70, unit="share", low=0, high=1, sweep=(0.5, 0.95))
    """Share of an activity's yield that is captured at once under a Capacity Capture plan with follow-up (q);
    discounted from the 92% of trainers used in a managed programme."""

    turnover: float = quantity(0.20, unit="1/yr", low=0, high=5, sweep=(0.05, 0.40))
    """Rate at which staff leave their post (tau), taking knowledge and skills with them."""

    institutionalised: float = quantity(0.30, unit="share", low=0, high=1, sweep=(0.0, 0.9))
    """Share of knowledge and skills that a leaver's unit keeps, at the start."""

    tool_life: float = quantity(5.0, unit="yr", above=0, high=50, sweep=(3.0, 8.0))
    """Mean life of equipment without upkeep; donors' own support typically ends after about three years."""

    complements_exponent: float = quantity(-1.0, unit="-", low=-20, high=1, sweep=(-3.0, -0.3))
    """Exponent of the constant-elasticity aggregate of K, P, S and T (rho): 1 adds them, below 0 they are
    complements."""

    complements_floor: float = quantity(0.05, unit="share", above=0, high=1, sweep=(0.02, 0.1))
    """Least value of a component in the aggregate, so that one missing component does not disable a post
    altogether."""

    competence_cv: float = quantity(0.25, unit="-", low=0, high=1, sweep=(0.1, 0.4))
    """Coefficient of variation of starting competence among the holders of one country."""

    gain_per_seat: float = quantity(0.6, unit="-", low=0, high=10, sweep=(0.3, 0.8))
    """Dose of one fully attended and well-fitting activity (gain in D): it fills 1 - exp(-gain) of what is
    missing."""

    unit_staff: float = quantity(6.0, unit="FTE", above=0, high=1000, sweep=(3.0, 20.0))
    """People at a holder who work on strategic trade control: seats beyond them teach nobody new."""

    absorption: float = quantity(3.0, unit="events/quarter", above=0, high=1000, sweep=(1.0, 8.0))
    """Activities that one country and class of holder can absorb in a quarter before they dilute each other
    (A)."""

    academy_cap: float = quantity(0.95, unit="share", above=0, high=0.999, sweep=(0.85, 0.99))
    """Starting competence is kept below this share of the highest that a national academy could sustain: from
    some room for assistance to hardly any, as even the best run their academies within a budget."""
