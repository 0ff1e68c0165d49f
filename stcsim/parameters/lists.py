"""How control lists come into force, and what is left where they name nothing."""

from stcsim.spec import Spec, quantity


class ListParameters(Spec):
    """Lags between a technology, the regime's list, national lists; and the use of the catch-all."""

    regime_lag_weeks: float = quantity(
        78.0, unit="weeks", above=0, high=1040, sweep=(26.0, 208.0), basis="regime_cycle_2022"
    )
    """Weeks from the emergence of a breakout technology until the regime agrees to list it; derived from a
    cycle in which a proposal of the first half of a year is for the regime to decide in the year after."""

    national_lag_weeks: float = quantity(
        26.0, unit="weeks", above=0, high=520, sweep=(4.0, 104.0), basis="wassenaar_2014_us"
    )
    """Weeks from an agreement of the regime until a country of average speed has it in force, rounded; others
    need a year."""

    anticipation_saves: float = quantity(0.5, unit="share", low=0, high=0.95, sweep=(0.2, 0.8))
    """Share of a lag that is saved where standards for a technology have been drafted ahead of it."""

    watch_saves: float = quantity(0.25, unit="share", low=0, high=0.95, sweep=(0.05, 0.5))
    """Share of a lag that is saved where industry tells authorities what is coming to market."""

    catch_all_use: float = quantity(0.8, unit="share", low=0, high=1, sweep=(0.2, 1.0))
    """Share of fit cases in which an authority with full political will invokes its catch-all."""

    unlisted_loss: float = quantity(1.2, unit="probit", low=0, high=10, sweep=(0.3, 2.5))
    """Fall of the probit of recognition where no list that an officer has read names the goods and only the
    catch-all's test of end use is left."""
