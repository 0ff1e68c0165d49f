"""Pages Flows and Capacity: what was watched is there, what is chosen stands in the address, Back works."""

from __future__ import annotations

from typing import Any

from tests.browser.conftest import Window

SMALL = "?scenario=small_region&arms=training_programme&replications=4"
PATIENCE = 120_000


def _ready(page: Any, name: str) -> None:
    page.wait_for_selector(f"[data-chart={name}][data-ready='1']", timeout=PATIENCE)


def test_flows_lead_from_occasions_to_fates_to_one_story(page: Window) -> None:
    shown = page.visit(f"/flows{SMALL}")
    for name in ("fates-baseline", "fates-arm", "displacement", "posts", "story"):
        _ready(shown, name)
    assert "get through" in shown.locator(".st-title", has_text="Baseline:").first.inner_text()
    assert shown.locator("ol.flow-story li").count() >= 4
    shown.get_by_label("Checkpoints over time").select_option("reached")
    shown.wait_for_selector("text=illicit consignments that come: most at")
    assert "measure=reached" in shown.url
    shown.get_by_role("radio", name="Firms").check(force=True)
    shown.wait_for_selector("text=violations get through")
    assert "origin=firms" in shown.url
    shown.go_back()
    shown.wait_for_selector("text=of occasions get through")
    picks = shown.get_by_label("One occasion")
    other = picks.locator("option").last.get_attribute("value")
    picks.select_option(other)
    shown.wait_for_url(f"**case={other}**")
    _ready(shown, "story")


def test_nonsense_in_the_address_is_told_and_left_out(page: Window) -> None:
    small = SMALL.replace("arms=", "arms=nothing,")
    shown = page.visit(f"/flows{small}&arm=nobody&case=never&by=x")
    _ready(shown, "story")
    notes = [n.inner_text() for n in shown.locator("p.st-notice", has_text="is not to be had").all()]
    assert [note.split("'")[1] for note in notes] == ["nothing", "x", "nobody", "never"]
    shown.get_by_label("Checkpoints over time").select_option("reached")
    shown.wait_for_url("**measure=reached**")
    assert "nobody" not in shown.url
    assert "nothing" not in shown.url


def test_capacity_is_shown_by_part_body_and_time(page: Window) -> None:
    shown = page.visit(f"/capacity{SMALL}")
    for name in ("kpst", "kpst-time", "kpst-bodies", "idle", "overlap", "overlap-bodies"):
        _ready(shown, name)
    shown.get_by_label("Area").select_option("licensing")
    shown.wait_for_selector("text=Training programme, all bodies, licensing")
    assert "pillar=licensing" in shown.url
    again = page.visit(shown.url.removeprefix(page.url))
    _ready(again, "kpst")
    assert again.get_by_label("Area").input_value() == "licensing"
    card = again.locator(".st-card", has=again.locator("[data-chart=kpst]"))
    card.get_by_role("button", name="Table").click()
    card.locator("table").wait_for()
    card.get_by_role("button", name="Repeat this").click()
    assert "stcsim observe small_region --arms training_programme" in card.locator("pre").inner_text()
