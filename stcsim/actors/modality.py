"""Modalities: how an activity is delivered, and what that does to dose, capture, seats, cost and ties."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

ModalityName = Literal[
    "in_person",
    "workshop",
    "consultation",
    "coaching",
    "equipment",
    "outreach",
    "webinar",
    "e_learning",
    "social_media",
]

Factor = float | str
"""A number, or the name of a parameter of the register's group ``modalities``."""


@dataclass(frozen=True)
class Modality:
    """One way to deliver, each factor relative to a course in person.

    Parameters
    ----------
    title : for people
    dose : of an hour's place
    capture : of the share that is captured at once
    seats : places of one event
    cost : of one event
    take_up : most of the firms invited that take part
    ties : how far those who take part meet, against a meeting of a working group of the same people
    """

    title: str
    dose: Factor = 1.0
    capture: Factor = 1.0
    seats: Factor = 1.0
    cost: Factor = 1.0
    take_up: Factor = 1.0
    ties: Factor = 0.0


_ONLINE = ("online_capture", "online_seats", "online_cost")

MODALITY: MappingProxyType[str, Modality] = MappingProxyType(
    {
        "in_person": Modality("course in person", ties="event_ties"),
        "workshop": Modality("workshop", ties="event_ties"),
        "consultation": Modality("consultation", ties="event_ties"),
        "coaching": Modality(
            "coaching on the job", "coaching_dose", "coaching_capture", "coaching_seats", "coaching_cost"
        ),
        "equipment": Modality("equipment"),
        "outreach": Modality("seminar for firms"),
        "webinar": Modality(
            "webinar", "webinar_dose", *_ONLINE, take_up="online_take_up", ties="online_ties"
        ),
        "e_learning": Modality(
            "e-learning at one's own pace", "e_learning_dose", *_ONLINE, take_up="online_take_up"
        ),
        "social_media": Modality("social media", "social_media_dose", *_ONLINE, ties="online_ties"),
    }
)
"""Modalities by name. What is delivered by people on the spot has the terms of a course where no figure
tells them apart; coaching serves few at their own desk, and what is online many at little cost."""

MODALITIES: tuple[str, ...] = get_args(ModalityName)
FACTORS: tuple[str, ...] = ("dose", "capture", "seats", "cost", "take_up", "ties")
