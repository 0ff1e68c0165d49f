"""How willing one state is to share with another, whatever has been agreed."""

from stcsim.actors.country import Identifier
from stcsim.spec import Spec, quantity


class RelationSpec(Spec):
    """Willingness of one country to let information go to another; 1 for a pair that no relation names."""

    source: str = Identifier
    """Country that could share."""
    target: str = Identifier
    """Country that would receive."""
    willingness: float = quantity(unit="share", low=0.0, high=1.0, sweep=(0.0, 1.0))
    """Multiplies the rate of every exchange from the first to the second: at 0, nothing crosses, agreement or
    not."""
