"""What the way of delivering an activity does to it, relative to a course in person."""

from stcsim.spec import Spec, quantity


class ModalityParameters(Spec):
    """Doses, capture, seats, cost and ties by modality, and what a programme off the shelf lacks."""

    webinar_dose: float = quantity(0.12, unit="multiple", low=0, high=5, sweep=(0.06, 0.18))
    """Dose of a webinar: of half a day to a course's four, and less than it an hour."""

    e_learning_dose: float = quantity(0.25, unit="multiple", low=0, high=5, sweep=(0.12, 0.36))
    """Dose of e-learning of a day and a half; many begin and do not finish."""

    social_media_dose: float = quantity(0.05, unit="multiple", low=0, high=5, sweep=(0.01, 0.1))
    """Dose of a campaign on social media, which makes aware and trains nobody."""

    online_capture: float = quantity(0.6, unit="multiple", low=0, high=5, sweep=(0.3, 1.0))
    """Share captured at once of what is learnt online: nobody stands by when it is first used."""

    online_seats: float = quantity(6.0, unit="multiple", above=0, high=1000, sweep=(3.0, 20.0))
    """Places of an event online, relative to those of a course in person."""

    online_take_up: float = quantity(0.25, unit="share", low=0, high=1, sweep=(0.1, 0.6))
    """Share of the firms invited to something online that take part, where there are places."""

    online_cost: float = quantity(0.15, unit="multiple", above=0, high=5, sweep=(0.05, 0.4))
    """Cost online: nobody travels."""

    online_ties: float = quantity(0.05, unit="meetings", low=0, high=5, sweep=(0.01, 0.2))
    """Meetings of a working group that one event online is worth for the trust of two who take part."""

    event_ties: float = quantity(0.25, unit="meetings", low=0, high=5, sweep=(0.1, 1.0))
    """Meetings of a working group that one event in person is worth for the trust of two who take part."""

    coaching_dose: float = quantity(1.1, unit="multiple", low=0, high=5, sweep=(0.9, 1.5))
    """Dose of coaching on the job."""

    coaching_capture: float = quantity(1.5, unit="multiple", low=0, high=5, sweep=(1.0, 2.5))
    """Share captured at once under coaching, which happens where it is to be used."""

    coaching_seats: float = quantity(0.3, unit="multiple", above=0, high=1000, sweep=(0.15, 0.5))
    """Places under coaching."""

    coaching_cost: float = quantity(0.8, unit="multiple", above=0, high=5, sweep=(0.5, 1.2))
    """Cost of coaching on the job, relative to a course in person."""

    off_the_shelf_fit: float = quantity(0.65, unit="multiple", low=0, high=1, sweep=(0.4, 0.9))
    """Dose of an activity off the shelf, against one that is made for those who attend."""

    partner_fit: float = quantity(0.9, unit="multiple", low=0, high=5, sweep=(0.6, 1.1))
    """Dose of a donor's event at which a body of the country teaches, against experts from abroad."""

    partner_cost: float = quantity(0.35, unit="multiple", low=0, high=5, sweep=(0.15, 0.7))
    """Cost of a donor's event at which a body of the country teaches: rooms and travel of participants."""

    off_the_shelf_saving: float = quantity(0.15, unit="share", low=0, high=0.9, sweep=(0.05, 0.35))
    """Share of an event's cost that is saved where nothing is adapted."""
