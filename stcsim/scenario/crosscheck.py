"""What no single field can know: identities are unique, references lead somewhere, times are in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from stcsim.actors.country import CountrySpec
from stcsim.errors import quote
from stcsim.mechanisms import MECHANISMS
from stcsim.scenario.arms import BASELINE
from stcsim.scenario.outcome_names import OUTCOME_NAMES
from stcsim.scenario.roster import INTERNATIONAL, duplicates, holder_entries, identities
from stcsim.scenario.spec import ScenarioSpec
from stcsim.shocks import SHOCKS
from stcsim.spec import Spec


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit.

    Parameters
    ----------
    path : where, as in ``networks[0].home``; what stands there may be quoted where it is the user's own
    said : what is wrong, without any text of the scenario
    word : the text that is wrong, empty when none is
    known : names that could have been meant, with the path where each is said, empty for the program's own
    repair : what to do, where no name can be offered
    """

    path: str
    said: str
    word: str = ""
    known: Mapping[str, str] = field(default_factory=dict)
    repair: str = ""

    def words(self) -> str:
        """Return the message with the word quoted."""
        return f"{quote(self.word)} {self.said}" if self.word else self.said


Names = Mapping[str, str]
_ANOTHER = "Choose another name."


@dataclass(frozen=True)
class _Known:
    countries: Names
    donors: Names
    sectors: Names
    holders: Names
    posts: Names
    bodies: Names


def _known(spec: ScenarioSpec) -> _Known:
    sectors = {
        firms.sector: f"countries[{c}].firms[{i}].sector"
        for c, country in enumerate(spec.countries)
        for i, firms in enumerate(country.firms)
    }
    return _Known(
        {c.id: f"countries[{i}].id" for i, c in enumerate(spec.countries)},
        {d.id: f"donors[{i}].id" for i, d in enumerate(spec.donors)},
        sectors,
        {h.id: h.path for h in holder_entries(spec)},
        {h.id: h.path for h in holder_entries(spec) if h.kind in ("post", "stretch")},
        {h.role: h.path for h in holder_entries(spec) if h.kind == "agency"} | {"post": ""},
    )


def _reference(word: str, path: str, known: Names, what: str) -> Iterator[Finding]:
    if word not in known:
        repair = "" if known else f"There is no {what}: add one, or leave this out."
        yield Finding(path, f"is no {what} of this scenario", word, known, repair)


def _references(words: Iterable[str], path: str, known: Names, what: str) -> Iterator[Finding]:
    for index, word in enumerate(words):
        yield from _reference(word, f"{path}[{index}]", known, what)


def _repeated(words: Iterable[str], path: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, word in enumerate(words):
        if word in seen:
            yield Finding(f"{path}[{index}]", "stands here twice", word, repair="Name it once.")
        seen.add(word)


def _unique(spec: ScenarioSpec) -> Iterator[Finding]:
    countries, *others = (list(duplicates(space)) for space in identities(spec))
    # Two countries alike make everybody at home there alike: one line is enough.
    for found in (countries,) if countries else others:
        said: set[str] = set()
        for path, identity, earlier in found:
            if path not in said:
                said.add(path)
                words = f"is the identity of {earlier} already"
                yield Finding(path, words, identity, repair="Give this one another 'id'.")


def _country(country: CountrySpec, path: str) -> Iterator[Finding]:
    if country.id == INTERNATIONAL:
        yield Finding(f"{path}.id", "is kept for international bodies", country.id, repair=_ANOTHER)
    law = country.law
    if law.extension and law.extension_working_days < law.detention_working_days:
        yield Finding(
            f"{path}.law.extension_working_days",
            "with an extension, goods are held for a shorter time than without",
            repair="It counts from the first day, so not below detention_working_days.",
        )


def _outside_countries(spec: ScenarioSpec, known: _Known) -> Iterator[Finding]:
    for i, donor in enumerate(spec.donors):
        path = f"donors[{i}]"
        yield from _references(donor.countries, f"{path}.countries", known.countries, "country")
        yield from _repeated(donor.countries, f"{path}.countries")
        yield from _repeated((p.pillar for p in donor.priorities), f"{path}.priorities")
        if donor.active_until_week is not None and donor.active_until_week <= donor.active_from_week:
            yield Finding(f"{path}.active_until_week", "ends before it begins", repair="Give a later week.")
        if donor.priorities and not any(p.weight for p in donor.priorities):
            yield Finding(f"{path}.priorities", "all weights are zero", repair="Give a pillar some weight.")
    for i, network in enumerate(spec.networks):
        path = f"networks[{i}]"
        yield from _reference(network.home, f"{path}.home", known.countries, "country")
        yield from _repeated(network.wanted, f"{path}.wanted")
        if not network.wanted:
            yield Finding(f"{path}.wanted", "a network that wants nothing", repair="Name an item family.")
    if spec.networks and not any(c.supply for c in spec.countries):
        yield Finding("networks", "no country supplies what they want", repair="Give a country 'supply'.")
    for i, channel in enumerate(spec.channels):
        path = f"channels[{i}]"
        yield from _reference(channel.source, f"{path}.source", known.holders, "holder")
        yield from _reference(channel.target, f"{path}.target", known.holders, "holder")
        if channel.source == channel.target:
            yield Finding(f"{path}.target", "this is the sender itself", repair="Name somebody else.")
        yield from _repeated(channel.categories, f"{path}.categories")
        yield from _repeated(channel.handling, f"{path}.handling")
    yield from _relations(spec, known)


def _relations(spec: ScenarioSpec, known: _Known) -> Iterator[Finding]:
    said: set[tuple[str, str]] = set()
    for i, relation in enumerate(spec.relations):
        path = f"relations[{i}]"
        yield from _reference(relation.source, f"{path}.source", known.countries, "country")
        yield from _reference(relation.target, f"{path}.target", known.countries, "country")
        if relation.source == relation.target:
            said_twice = "is the source as well"
            yield Finding(f"{path}.target", said_twice, relation.target, repair="Name another country.")
        if (relation.source, relation.target) in said:
            yield Finding(f"{path}.target", "this pair stands here twice", repair="Name it once.")
        said.add((relation.source, relation.target))


def _chosen(spec: Spec, path: str, known: _Known) -> Iterator[Finding]:
    """Check the references of a mechanism or shock: fields are called alike throughout the vocabulary."""
    spaces = {
        "countries": (known.countries, "country"),
        "country": (known.countries, "country"),
        "donors": (known.donors, "donor"),
        "donor": (known.donors, "donor"),
        "chair": (known.donors, "donor"),
        "sectors": (known.sectors, "sector"),
        "post": (known.posts, "checkpoint or stretch"),
        "body": (known.bodies, "kind of body"),
    }
    for name in type(spec).model_fields:
        value = getattr(spec, name)
        at = f"{path}.{name}"
        if isinstance(value, tuple):
            words = [v for v in value if isinstance(v, str)]
            yield from _repeated(words, at)
            if name in spaces:
                yield from _references(words, at, *spaces[name])
        elif name in spaces and value:
            yield from _reference(value, at, *spaces[name])


def _sets(spec: ScenarioSpec, known: _Known) -> Iterator[Finding]:
    for name in SHOCKS:
        for k, shock in enumerate(getattr(spec.shocks, name)):
            yield from _chosen(shock, f"shocks.{name}[{k}]", known)
    for i, arm in enumerate(spec.arms):
        for name in MECHANISMS:
            for k, mechanism in enumerate(getattr(arm.mechanisms, name)):
                yield from _chosen(mechanism, f"arms[{i}].mechanisms.{name}[{k}]", known)


def _asked(spec: ScenarioSpec) -> Iterator[Finding]:
    outcomes = dict.fromkeys(OUTCOME_NAMES, "")
    for i, name in enumerate(spec.headline):
        if name not in OUTCOME_NAMES:
            yield Finding(f"headline[{i}]", "is no outcome", name, outcomes, "See: stcsim list outcomes.")
    yield from _repeated(spec.headline, "headline")
    many = Counter(arm.name for arm in spec.arms)
    seen: set[str] = set()
    for i, arm in enumerate(spec.arms):
        if arm.name == BASELINE:
            said = "is the arm without mechanisms, which every comparison has"
            yield Finding(f"arms[{i}].name", said, arm.name, repair=_ANOTHER)
        elif many[arm.name] > 1 and arm.name in seen:
            yield Finding(f"arms[{i}].name", "is the name of another arm", arm.name, repair=_ANOTHER)
        seen.add(arm.name)


def crosscheck(spec: ScenarioSpec) -> Iterator[Finding]:
    """Yield everything in `spec` that does not fit together."""
    known = _known(spec)
    yield from _unique(spec)
    for i, country in enumerate(spec.countries):
        yield from _country(country, f"countries[{i}]")
    yield from _outside_countries(spec, known)
    yield from _sets(spec, known)
    yield from _asked(spec)
