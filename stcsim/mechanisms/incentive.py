"""Incentives for firms: where a policy towards exporters can be brought in, and who would run it."""

from collections.abc import Iterable, Mapping

from stcsim.actors.vocabulary import Topic
from stcsim.structure.view import View


def open_to(
    view: View, countries: Iterable[str], topic: Topic, roles: Iterable[str]
) -> Iterable[tuple[str, str, Mapping[str, bool]]]:
    """Yield the country, the body that would run the policy, and the law, wherever one can be brought in.

    Firms export from there, the law has no such policy yet, and there is a body in one of the roles.

    Parameters
    ----------
    countries : asked for
    topic : switch of the law that is the policy
    roles : of who would run it, the first that exists
    """
    law = {c.id: c.law for c in view.countries}
    exporting = {g.country for g in view.firm_groups}
    for country in countries:
        body = view.one(country, *roles)
        if body and country in exporting and not law[country].get(topic, False):
            yield country, body, law[country]
