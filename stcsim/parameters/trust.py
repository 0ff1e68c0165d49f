"""Trust on ties, mutual recognition and clarity of roles."""

from stcsim.spec import Spec, quantity


class TrustParameters(Spec):
    """Where trust starts, what convenings add to it, and how it reverts."""

    domestic: float = quantity(0.5, unit="share", low=0, high=1, sweep=(0.2, 0.8))
    """Trust at the start, and to which it reverts (T0), between agencies of one country."""

    cross_border: float = quantity(0.25, unit="share", low=0, high=1, sweep=(0.1, 0.5))
    """Trust at the start, and to which it reverts (T0), between agencies of two countries."""

    gain: float = quantity(0.15, unit="1/convening", low=0, high=1, sweep=(0.05, 0.4))
    """Share of the missing trust that one convening adds (eta)."""

    reversion: float = quantity(0.25, unit="1/yr", low=0, high=10, sweep=(0.1, 1.0))
    """Rate at which trust returns to where it started (delta_T)."""

    recognition_domestic: float = quantity(0.7, unit="share", low=0, high=1, sweep=(0.4, 0.95))
    """Probability that an agency recognises another one of its country as having a part in strategic trade
    control."""

    recognition_cross_border: float = quantity(0.3, unit="share", low=0, high=1, sweep=(0.1, 0.6))
    """Probability that an agency recognises its counterpart in another country."""

    recognition_partners: float = quantity(0.25, unit="share", low=0, high=1, sweep=(0.05, 0.6))
    """Probability that an agency recognises an industry association, university or civil-society body."""

    clarity: float = quantity(0.4, unit="share", low=0, high=1, sweep=(0.1, 0.8))
    """Clarity of roles among the agencies of a country at the start."""

    clarity_gain: float = quantity(0.1, unit="1/convening", low=0, high=1, sweep=(0.03, 0.25))
    """Share of the missing clarity that one convening on roles adds."""

    clarity_reversion: float = quantity(0.2, unit="1/yr", low=0, high=10, sweep=(0.05, 0.6))
    """Rate at which clarity of roles returns to where it started, as people and mandates change."""

    champion_departure: float = quantity(0.15, unit="1/yr", low=0, high=10, sweep=(0.05, 0.4))
    """Rate at which the key practitioner of an agency leaves."""

    champion_gap: float = quantity(0.5, unit="yr", low=0, high=10, sweep=(0.25, 1.5))
    """Time until a successor has taken over; counted in whole quarters."""

    champion_ties: float = quantity(0.3, unit="share", low=0, high=1, sweep=(0.1, 0.6))
    """Share of an agency's ties, and of the trust that meetings have earned it, that rests on its champion
    where nothing is institutionalised."""

    identity: float = quantity(0.0, unit="share", low=0, high=1, sweep=(0.0, 0.5))
    """Identity as part of one ecosystem at the start, and to which it fades."""

    identity_gain: float = quantity(0.1, unit="1/convening", low=0, high=1, sweep=(0.03, 0.3))
    """Share of the missing identity that one convening of agencies and partners together adds."""

    identity_fading: float = quantity(0.3, unit="1/yr", low=0, high=10, sweep=(0.1, 1.0))
    """Rate at which identity fades without such convenings."""

    identity_speed: float = quantity(0.3, unit="share", low=0, high=5, sweep=(0.0, 1.0))
    """How much faster information passes a channel between two who wholly see themselves as part of one
    ecosystem."""
