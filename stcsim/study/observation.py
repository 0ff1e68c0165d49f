"""What is kept of a few runs that were watched quarter by quarter: tidy tables, and what each of them means.

A *quarter* is thirteen weeks from where arms branch; a last one may be shorter. What **stands** (ties,
capacity, equipment, what a checkpoint can do) is given at the end of quarter 1, 2, ... and, as quarter 0,
where arms branch. What **happens** (attempts, consignments, aid, items read) is given for quarter 1, 2, ...
in which it happened.

All figures are true ones, of the kind that no office in the model sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

TIE_KINDS: tuple[str, ...] = ("recognition", "trust", "channel", "intelligence", "meeting")
"""What a tie may be; its unit is in `Observation`."""

TABLES: dict[str, str] = {
    "actors": "who there is",
    "pairs": "bodies that should know each other",
    "ties": "who knows, trusts, reaches, informs and meets whom, mean over runs",
    "region": "the region as a whole, run by run",
    "capacity": "knowledge, practices, skills and tools of each body",
    "equipment": "tools of each body, and how many of them nobody there has the skill to use",
    "posts": "what each checkpoint can do, and what became of what came to it",
    "flows": "attempts and violations counted by way, checkpoint and fate",
    "cases": "attempts and violations one by one",
    "events": "the story of some attempts, in order",
    "aid": "who gave whom what assistance",
    "dates": "when mechanisms, shocks and leaving donors are dated",
}
"""Tables by name, and what they hold; each is a Parquet file of its name."""


@dataclass(frozen=True, eq=False)
class Observation:
    """A few paired runs of each arm, watched quarter by quarter.

    Runs of one `replication` share the potential world: in all arms the same occasions come to the same
    networks on the same days, so a `case` can be followed from arm to arm. Identities (`id` of `actors`) are
    those of the scenario, such as ``A/customs_headquarters``; an empty text stands for nobody.

    Parameters
    ----------
    arms : labels for people by name, the baseline first
    replications : runs of each arm
    days : day, counted from where arms branch, on which each quarter ends; 0 for quarter 0
    actors : one row an actor that never changes: `id`, `label` for people, `kind` (``agency``, ``partner``,
        ``post``, ``stretch``, ``donor``, ``network``, ``country``), `group` (role of an agency, kind of a
        partner, mode of a post or stretch; the kind again for others), `country` (id, empty for an
        international body, a donor, a network), `country_label`, `staff` (full-time equivalents at the start;
        NaN for who is no body)
    pairs : one row a pair of bodies (agencies, partners) that by role should know each other: `source`,
        `target`, `importance` (weight from 0 to 1 of the complements of roles)
    ties : `arm`, `quarter`, `source`, `target`, `kind`, `value` (mean over the runs of the arm, 0 where a run
        has none), `share` (of runs that have it). Only what any run has is a row. By `kind`:

        ``recognition``: the source knows of the part of the target, share of runs; stands.
        ``trust``: trust of the source in the target, 0 to 1; stands.
        ``channel``: rate at which an item that the source has read reaches the target over all channels in
        force from one to the other in the quarter that ends, 1/day, trust, time and willingness included;
        stands; posts and stretches included.
        ``intelligence``: items of information that the source brought up and the target read in the quarter,
        by whatever way; happens.
        ``meeting``: joint meetings a year at the convenings in force and at courses of the quarter; stands;
        one row for both directions.
    region : `arm`, `replication`, `quarter`, and what stands for the region as a whole: `recognition` and
        `trust` (means over pairs of staffed bodies), `channels` (directed pairs of bodies with one),
        `needed` and `gaps` (pairs of `pairs`, and those of them that do not know each other both),
        `captured`, `latent`, `competence`, `tools_idle`, `upkeep_funded`, `use_funded`, `displaced`, `will`
        (shares, as the outcomes of these names define them), `detained_now` (consignments),
        `licence_days_expected`, `answers_lost`, `detection` (chance, mean of checkpoints alike),
        `networks_disrupted` (networks), `graduated` (countries)
    capacity : `arm`, `replication`, `quarter`, `body`, `pillar` (core area of assistance), `component`
        (``knowledge``, ``practices``, ``skills``, ``tools``), `latent` (acquired and not in use) and
        `captured` (in use), shares of what the body's roles need, mean over the competences of the pillar
        that it uses, and `weight`, with which the region's figures weigh it: competences times staff up to
        one; stands
    equipment : `arm`, `replication`, `quarter`, `body`, `held` (tools, as a share of what its roles need),
        `usable` (the part for which there is skill), `idle` (the rest), `in_use` (captured tools), `weight`
        as in `capacity`; stands
    posts : `arm`, `replication`, `quarter`, `checkpoint`; what stands: `detection` (chance that plain
        smuggling is selected and recognised), `inspected_share` (of ordinary trade), `targeting` (separation
        of risk scores, standard deviations), `answered` (share of doubts answered before the clock),
        `detained` (consignments held now, honest ones included, expected number); what happens to
        consignments of interest whose way through the post ended in the quarter: `reached`, and of them
        `inspected`, `listed` (selected by a list), `held` (detained on doubt), and by fate `stopped`,
        `released` (at the clock), `passed`; `reached` is the sum of these three. NaN in quarter 0
    flows : `arm`, `replication`, `quarter` (in which it arose), `origin` (``adversary``: a network;
        ``ignorance``, ``evasion``: a firm), `way`, `country` (of export), `post`, `licensed`, `held`, `fate`,
        `discovered` (an authority learnt of it after it got through), `cases`: how many, of all that arose.
        ``wait`` is an occasion that a network let pass (`fate` ``forgone``): all others of origin
        ``adversary`` are its attempts
    cases : one row a case: `case` (the same in all arms of a replication), `arm`, `replication`, `quarter`
        and `day` on which it arose, `origin`, `network`, `supplier`, `country`, `post`, `way`, `family` of
        the goods, `licensed`, `inspected`, `recognised`, `held`, `stage`, `fate`, `fate_day` and
        `discovered_day` (NaN where there is none), `ladder`, `story` (whether `events` tells it)
    events : `arm`, `replication`, `case`, `day`, `what` (see `stcsim.study.observing_story.WHAT`), `who`
        (actor), `detail` (words); in the order of days, for a few cases of each replication, the same in all
        arms
    aid : what happens: `arm`, `replication`, `quarter`, `donor` (empty where a country or a mechanism pays),
        `recipient`, `activity` of the catalogue, `topic` (pillar), `events`, `people` (places filled),
        `hours` (of those who take part), `money` (thousand USD), `overlapping` (another donor delivered the
        same activity to the same body in that quarter)
    dates : `arm` (empty for all), `day`, `what` (see `stcsim.study.observing_dates.DATES`), `who` (donor, or
        country that a shock befalls, empty for all), `detail` (title, or countries that a donor leaves)
    notes : what was bounded, and what a reader has to know
    provenance : version, seed, scenario, command to repeat; empty where it was made by a program
    """

    arms: Mapping[str, str]
    replications: int
    days: tuple[int, ...]
    actors: pd.DataFrame
    pairs: pd.DataFrame
    ties: pd.DataFrame
    region: pd.DataFrame
    capacity: pd.DataFrame
    equipment: pd.DataFrame
    posts: pd.DataFrame
    flows: pd.DataFrame
    cases: pd.DataFrame
    events: pd.DataFrame
    aid: pd.DataFrame
    dates: pd.DataFrame
    notes: tuple[str, ...] = ()
    provenance: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        arms = ", ".join(self.arms)
        return f"<observation of {arms}: {self.replications} runs each, {self.quarters} quarters>"

    @property
    def quarters(self) -> int:
        """How many quarters were watched."""
        return len(self.days) - 1

    def table(self, name: str) -> pd.DataFrame:
        """Return a table by its name in `TABLES`."""
        found: pd.DataFrame = getattr(self, name)
        return found
