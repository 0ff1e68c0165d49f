"""Every number of the model that is no actor's own, in one frozen tree: one file per process that uses it.

``Parameters()`` holds the defaults; `register` lists each with unit, bounds, sweep range and basis.
"""

from stcsim.parameters.adversary import AdversaryParameters
from stcsim.parameters.capacity import CapacityParameters
from stcsim.parameters.cases import CaseParameters
from stcsim.parameters.checks import CheckParameters
from stcsim.parameters.coordination import CoordinationParameters
from stcsim.parameters.costs import CostParameters
from stcsim.parameters.detention import DetentionParameters
from stcsim.parameters.donors import DonorParameters
from stcsim.parameters.firms import FirmParameters
from stcsim.parameters.information import InformationParameters
from stcsim.parameters.licensing import LicensingParameters
from stcsim.parameters.lists import ListParameters
from stcsim.parameters.modalities import ModalityParameters
from stcsim.parameters.screening import ScreeningParameters
from stcsim.parameters.trainers import TrainerParameters
from stcsim.parameters.trust import TrustParameters
from stcsim.parameters.will import WillParameters
from stcsim.spec import QuantityInfo, Spec, quantities

__all__ = [
    "AdversaryParameters",
    "CapacityParameters",
    "CaseParameters",
    "CheckParameters",
    "CoordinationParameters",
    "CostParameters",
    "DetentionParameters",
    "DonorParameters",
    "FirmParameters",
    "InformationParameters",
    "LicensingParameters",
    "ListParameters",
    "ModalityParameters",
    "Parameters",
    "ScreeningParameters",
    "TrainerParameters",
    "TrustParameters",
    "WillParameters",
    "register",
]


class Parameters(Spec):
    """The assumptions of one world."""

    capacity: CapacityParameters = CapacityParameters.default()
    """How competence is acquired, put to use, and lost."""

    donors: DonorParameters = DonorParameters.default()
    """What donors see, pay and deliver."""

    modalities: ModalityParameters = ModalityParameters.default()
    """What the way of delivering an activity does to it."""

    trainers: TrainerParameters = TrainerParameters.default()
    """What becomes of trainers who are trained from outside."""

    information: InformationParameters = InformationParameters.default()
    """How items arise, travel, are read and go stale."""

    trust: TrustParameters = TrustParameters.default()
    """Trust, recognition and clarity of roles."""

    firms: FirmParameters = FirmParameters.default()
    """What firms know, fear and do."""

    licensing: LicensingParameters = LicensingParameters.default()
    """How a licensing authority handles applications."""

    screening: ScreeningParameters = ScreeningParameters.default()
    """Targeting, inspecting and recognising at a checkpoint."""

    detention: DetentionParameters = DetentionParameters.default()
    """What follows when an officer doubts."""

    checks: CheckParameters = CheckParameters.default()
    """End-use checks before and after delivery."""

    adversary: AdversaryParameters = AdversaryParameters.default()
    """How procurement networks choose, learn and lose."""

    cases: CaseParameters = CaseParameters.default()
    """From a seizure to a conviction."""

    will: WillParameters = WillParameters.default()
    """What moves political will and what it moves."""

    coordination: CoordinationParameters = CoordinationParameters.default()
    """What coordinating costs those who take part."""

    costs: CostParameters = CostParameters.default()
    """What staff costs a year."""

    lists: ListParameters = ListParameters.default()
    """How control lists come into force, and what is left where they name nothing."""


def register() -> list[QuantityInfo]:
    """Return the assumption register: every parameter, with dotted paths such as ``firms.margin``."""
    return list(quantities(Parameters))
