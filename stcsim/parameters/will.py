"""Political will: what moves it and what it moves."""

from stcsim.spec import Spec, quantity


class WillParameters(Spec):
    """Will reverts to a country's base, rises with events, and decides on staff, upkeep and authority."""

    reversion: float = quantity(0.7, unit="1/yr", low=0, high=20, sweep=(0.3, 3.0))
    """Rate at which will returns to the country's base."""

    gain_engagement: float = quantity(0.1, unit="share", low=0, high=1, sweep=(0.02, 0.3))
    """Share of the missing will that one high-level engagement adds."""

    gain_success: float = quantity(0.1, unit="share", low=0, high=1, sweep=(0.02, 0.3))
    """Share of the missing will that one publicised success adds."""

    gain_incident: float = quantity(0.15, unit="share", low=0, high=1, sweep=(0.05, 0.5))
    """Share of the missing will that one incident adds."""

    gain_advocacy: float = quantity(0.01, unit="share", low=0, high=1, sweep=(0.002, 0.04))
    """Share of the missing will that one campaign in public adds."""

    gain_money: float = quantity(0.05, unit="share", low=0, high=1, sweep=(0.0, 0.2))
    """Share of the missing will that a million US dollars of outside money a year adds in a year."""

    rivalry: float = quantity(0.15, unit="-", low=0, high=2, sweep=(0.0, 0.5))
    """Will at rest that a country gives up for each unit by which its will has risen more than that of the
    others, for business that goes where control is lax."""

    upkeep_weight: float = quantity(0.5, unit="-", low=0, high=5, sweep=(0.0, 1.5))
    """Elasticity of the funded share of upkeep to will over its base."""

    authority_weight: float = quantity(0.5, unit="-", low=0, high=5, sweep=(0.0, 1.5))
    """Elasticity of leadership authority to will over its base."""

    champion_authority: float = quantity(0.3, unit="share", low=0, high=1, sweep=(0.1, 0.6))
    """Share of an agency's authority that rests on its champion where nothing is institutionalised."""

    champion_will: float = quantity(0.2, unit="share", low=0, high=1, sweep=(0.05, 0.5))
    """Share of the will that a country returns to that rests on the champion in its licensing authority where
    nothing is institutionalised."""
