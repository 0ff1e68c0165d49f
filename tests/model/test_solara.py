"""Mesa's own browser view renders the model, steps it, and makes it anew at a reset; no browser is needed."""

from __future__ import annotations

from typing import Any

import pytest

from stcsim.model import EcosystemModel
from tests.study.studies import study_scenario

solara = pytest.importorskip("solara")
vuetify = pytest.importorskip("ipyvuetify")
pytest.importorskip("altair")


def test_mesas_view_shows_steps_and_resets() -> None:
    from mesa.visualization import SolaraViz, make_plot_component

    seen: list[EcosystemModel] = []

    def probe(model: Any) -> Any:
        seen.append(model)
        return solara.Text(f"step {model.steps}")

    spec = study_scenario()
    first = EcosystemModel(spec, "baseline", rng=1)
    first.step()
    arms = {"type": "Select", "value": "channel", "values": ["baseline", "channel"], "label": "Arm"}
    view = SolaraViz(
        first,
        components=[probe, make_plot_component("diversions")],
        model_params={"spec": spec, "arm": arms, "rng": 1},
    )
    # Only a layout has the sidebar in which the buttons are.
    _, context = solara.render(solara.AppLayout(children=[view]), handle_error=False)
    try:
        found = context.find(vuetify.Btn).widgets
        buttons = {button.children[0]: button for button in found if button.children}
        assert seen[-1] is first
        buttons["Step"].click()
        assert first.steps == 2
        buttons["Reset"].click()
        assert seen[-1] is not first
        assert seen[-1].steps == 0
        assert seen[-1].arm.name == "channel"
    finally:
        context.close()
