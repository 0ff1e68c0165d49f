"""What firms know, fear and do."""

from typing import Self

from pydantic import model_validator

from stcsim.spec import Spec, quantity


class FirmParameters(Spec):
    """Awareness, internal compliance programmes (ICP), and the decision to apply for a licence."""

    awareness_decay: float = quantity(0.30, unit="1/yr", above=0, high=10, sweep=(0.2, 0.6))
    """Rate at which awareness is lost (delta_w)."""

    contagion: float = quantity(0.15, unit="1/yr", low=0, high=10, sweep=(0.05, 0.19))
    """Rate at which aware peers make a firm aware (beta); below `awareness_decay`, or awareness lives without
    any outreach."""

    rate_dispersion: float = quantity(0.6, unit="log", low=0, high=3, sweep=(0.3, 1.2))
    """Standard deviation of the logarithm of controlled consignments a year among firms of one class."""

    peers: int = quantity(8, unit="firms", low=0, high=1000)
    """Firms that a firm watches and hears from. Without a range: `contagion` and `norm` set how much their
    mean counts, however many they are, and worlds are run together, in which all firms have as many peers."""

    compliance_constant: float = quantity(2.0, unit="profits", low=-10, high=20, sweep=(0.0, 4.0))
    """Inclination to apply for a licence when nothing else speaks for or against it (c0)."""

    fine_multiple: float = quantity(
        3.0, unit="x value", low=0, high=1000, sweep=(1.0, 10.0), basis="uk_penalties"
    )
    """Penalty of an unlicensed export as a multiple of the value of the goods, before any discount."""

    margin: float = quantity(0.5, unit="profit/value", above=0, high=100, sweep=(0.05, 1.0))
    """Profit of a consignment over its value, in which fines are measured."""

    norm: float = quantity(1.5, unit="profits", low=0, high=4, sweep=(0.0, 3.5))
    """Weight of peers' compliance; above 4 two states of compliance would both be stable."""

    burden_per_30_days: float = quantity(1.0, unit="profits", low=0, high=100, sweep=(0.3, 2.0))
    """What thirty days of waiting for a licence cost a firm."""

    protection: float = quantity(0.5, unit="profits", low=0, high=20, sweep=(0.0, 2.0))
    """What a licence saves an honest firm at a post whose officers can see the licence register."""

    perceived_detection_start: float = quantity(0.05, unit="share", low=0, high=1, sweep=(0.01, 0.2))
    """Probability of detection that firms believe in at the start, and to which belief reverts."""

    perceived_detection_gain: float = quantity(0.01, unit="share", low=0, high=1, sweep=(0.002, 0.05))
    """Share of the remaining distance to certainty by which a seizure that firms hear of raises their
    belief."""

    self_classification_error: float = quantity(0.08, unit="share", low=0, high=1, sweep=(0.02, 0.25))
    """Probability that an aware firm classifies a controlled item wrongly."""

    icp_large: float = quantity(0.8, unit="share", low=0, high=1, sweep=(0.6, 0.95))
    """Share of large firms with an internal compliance programme."""

    icp_sme: float = quantity(0.15, unit="share", low=0, high=1, sweep=(0.05, 0.35))
    """Share of all other firms with an internal compliance programme."""

    intangible_share: float = quantity(0.12, unit="share", low=0, high=1, sweep=(0.03, 0.3))
    """Share of controlled exports that are intangible transfers of technology and cross no checkpoint."""

    disclosure_probability: float = quantity(0.2, unit="share", low=0, high=1, sweep=(0.05, 0.5))
    """Probability that a firm with an internal compliance programme discloses a violation of its own that it
    finds."""

    disclosure_gain: float = quantity(
        0.8, unit="share", low=0, high=10, sweep=(0.3, 1.5), basis="bis_disclosure_policy_2023"
    )
    """Rise of that probability where a policy gives credit for disclosing; the serious disclosures of a year
    rose by 80%."""

    penalty_credit: float = quantity(0.5, unit="share", low=0, high=1, sweep=(0.25, 0.75))
    """Share of a fine that such a policy waives for who disclosed."""

    @model_validator(mode="after")
    def _awareness_needs_outreach(self) -> Self:
        if self.contagion >= self.awareness_decay:
            raise ValueError(
                f"contagion {self.contagion:g} has to be below awareness_decay {self.awareness_decay:g}, "
                "or awareness would last without any outreach"
            )
        return self
