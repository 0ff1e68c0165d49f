"""Train the trainer: own trainers who teach at home and train the next generation."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.actors.vocabulary import Competence
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import Payer, payer_of
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Cascade, Charge
from stcsim.structure.view import View


class TrainTheTrainer(Mechanism):
    """Train trainers of a country's own, who go on when the programme has ended.

    Most of them never teach unless they are observed teaching and followed up, and each generation knows less
    than the one before; teaching takes the trainers' hours for as long as there are any.
    """

    name: ClassVar[str] = "train_the_trainer"
    title: ClassVar[str] = "Train the trainer"
    answers: ClassVar[tuple[str, ...]] = ("awareness_and_training", "identifying_goods", "sustainment")
    route: ClassVar[tuple[str, ...]] = ("Cascade",)
    prerequisites: ClassVar[str] = "a customs headquarters, licensing authority or ministry keeping trainers"
    sources: ClassVar[tuple[str, ...]] = ("wco_stce_2017", "slmta_2014", "thailand_localisation")

    countries: tuple[str, ...] = ()
    """Countries whose trainers are trained; all when empty."""
    competences: tuple[Competence, ...] = Field(
        default=("risk_targeting", "commodity_identification", "inspection"), min_length=1
    )
    """Competences that they come to teach; the trainers are divided among them."""
    trainers_per_year: float = quantity(6.0, unit="people/yr", low=0.0, high=1000.0, sweep=(3.0, 18.0))
    """People of each country who are trained as trainers in a year."""
    teach_back: bool = True
    """Whether new trainers are observed teaching and followed up until they do."""
    teach_back_hours: float = quantity(24.0, unit="hours", low=0.0, high=1000.0, sweep=(8.0, 60.0))
    """Hours of the host for following up one new trainer."""
    teach_back_thousand_usd: float = quantity(1.5, unit="thousand USD", low=0.0, high=100.0, sweep=(0.5, 5.0))
    """Money for following up one new trainer: an observer's travel, a set of materials."""
    host_hours: float = quantity(80.0, unit="h/yr", low=0.0, high=2000.0, sweep=(20.0, 240.0))
    """Hours of the host a year for choosing trainers and keeping a register of them."""
    payer: Payer = "donor"
    """Who pays; the country where no donor works there."""
    lead_time: int = quantity(26, unit="weeks", low=0, high=1040, sweep=(8, 104))
    """Weeks from decision to effect."""

    def _hosts(self, view: View) -> Iterable[tuple[str, str]]:
        known = [c.id for c in view.countries]
        for country in [c for c in known if not self.countries or c in self.countries]:
            host = view.one(country, "customs_headquarters", "licensing_authority", "trade_ministry")
            if host:
                yield country, host

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Trainers for each country, the host's hours, and what following them up takes."""
        competences = tuple(sorted(set(self.competences)))
        for country, host in self._hosts(view):
            if not self.covers(country):
                continue
            payer, number = payer_of(view, country, self.payer), self.trainers_per_year
            yield Cascade(host, competences, number, payer, self.teach_back)
            followed = number if self.teach_back else 0.0
            yield Charge(host, self.host_hours + followed * self.teach_back_hours, 0.0, self.name)
            if followed:
                yield Charge(payer, 0.0, followed * self.teach_back_thousand_usd, f"{self.name}: {country}")

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody keeps trainers."""
        return () if any(True for _ in self._hosts(view)) else (self.prerequisites,)
