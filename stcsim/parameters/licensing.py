"""How a licensing authority handles applications."""

from stcsim.spec import Spec, quantity


class LicensingParameters(Spec):
    """Handling time, load, referral, and the quality of review."""

    handling_days: float = quantity(
        20.0, unit="days", above=0, high=1000, sweep=(13.0, 30.0), basis="uk_siel_2023"
    )
    """Mean handling time in calendar days without referral and queue; derived so that with both the mean
    comes near the 26 days reported."""

    handling_sigma: float = quantity(1.0, unit="log", low=0, high=3, sweep=(0.9, 1.3), basis="uk_siel_2023")
    """Standard deviation of the logarithm of handling time; derived from the shares decided within 20 and 60
    working days."""

    load: float = quantity(0.85, unit="-", low=0, high=3, sweep=(0.6, 0.95), basis="gao_08_89")
    """Applications over capacity at the start; derived from a fifth more cases having doubled the median
    time."""

    load_sd: float = quantity(0.2, unit="log", low=0, high=2, sweep=(0.1, 0.4))
    """Standard deviation of the logarithm of weekly applications around their mean."""

    load_memory: float = quantity(0.9, unit="1/week", low=0, high=0.999, sweep=(0.7, 0.97))
    """Correlation of the load (and of the staff at work) of one week with the week before: peaks and absences
    that last from three weeks, as holidays do, to eight months, as a vacancy does."""

    staff_sd: float = quantity(0.1, unit="log", low=0, high=2, sweep=(0.0, 0.2))
    """Standard deviation of the logarithm of the licensing staff at work."""

    referral_share: float = quantity(0.2, unit="share", low=0, high=1, sweep=(0.05, 0.6))
    """Share of applications that are referred to other agencies."""

    referral_days: float = quantity(10.0, unit="days", low=0, high=1000, sweep=(3.0, 30.0))
    """Mean time that a referral adds."""

    dispute_share: float = quantity(
        0.013, unit="share", low=0, high=1, sweep=(0.005, 0.05), basis="bis_fy2013"
    )
    """Share of applications over which agencies disagree and that are escalated."""

    dispute_days: float = quantity(30.0, unit="days", low=0, high=1000, sweep=(10.0, 90.0))
    """Mean time that an escalated disagreement adds."""

    false_refusal: float = quantity(
        0.028, unit="share", above=0, high=0.5, sweep=(0.01, 0.06), basis="eu_dual_use_2022"
    )
    """Share of honest applications that are refused; derived from 568 denials beside 19,412 licences."""

    review_base: float = quantity(0.4, unit="sd", low=-5, high=10, sweep=(0.1, 0.8))
    """Separation d' of false from true end-users in review at competence zero."""

    review_slope: float = quantity(2.2, unit="sd", low=0, high=10, sweep=(1.2, 3.0))
    """Rise of that separation with the competence `licensing_review`."""

    returned_share: float = quantity(0.14, unit="share", low=0, high=1, sweep=(0.05, 0.2), basis="bis_fy2013")
    """Share of applications that are returned without action."""

    competence_exponent: float = quantity(0.5, unit="-", low=0, high=3, sweep=(0.2, 1.0))
    """Exponent with which competence speeds up the handling of cases."""

    triage_backlog_days: float = quantity(60.0, unit="days", above=0, high=10_000, sweep=(30.0, 180.0))
    """Waiting time in the queue at which an authority that may do so turns to triage."""

    global_share: float = quantity(0.3, unit="share", low=0, high=1, sweep=(0.1, 0.6))
    """Share of the licensed exports of firms with an internal compliance programme that go under a global
    licence."""

    tier_global: float = quantity(0.4, unit="share", low=0, high=1, sweep=(0.1, 0.8))
    """Share of what still needs an application at firms with a compliance programme that a global licence
    covers where licences have tiers."""

    tier_general: float = quantity(0.2, unit="share", low=0, high=1, sweep=(0.05, 0.5))
    """Share of the same that a general licence covers where licences have tiers."""

    tier_abuse: float = quantity(0.1, unit="share", low=0, high=1, sweep=(0.02, 0.3))
    """Share of networks' applications that claim a general licence instead where licences have tiers."""

    general_share: float = quantity(0.1, unit="share", low=0, high=1, sweep=(0.0, 0.4))
    """Share of licensed exports that go under a general licence and reach no officer."""
