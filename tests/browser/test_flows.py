"""Pages Flows and Capacity: what was watched is there, what is chosen stands in the address, Back works."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.window import JOB_PATIENCE, Window

OWN = "frontline_channel,training_programme,donor_coordination"
"""Arms that pages watch by themselves, so that the server has them already."""


def _ready(page: Any, name: str) -> None:
    page.wait_for_selector(f"[data-chart={name}][data-ready='1']", timeout=JOB_PATIENCE)


def test_flows_lead_from_occasions_to_fates_to_one_story(page: Window) -> None:
    shown = page.visit("/flows?arm=training_programme")
    for name in ("fates-baseline", "fates-arm", "displacement", "posts", "story"):
        _ready(shown, name)
    expect(shown.locator(".st-title", has_text="Baseline:").first).to_contain_text("get through")
    expect(shown.locator("ol.flow-story li").nth(3)).to_be_visible()
    shown.get_by_label("Checkpoints over time").select_option("reached")
    shown.wait_for_selector("text=illicit consignments that come: most at")
    expect(shown).to_have_url(re.compile("measure=reached"))
    shown.get_by_role("radio", name="Firms").check(force=True)
    shown.wait_for_selector("text=violations get through")
    expect(shown).to_have_url(re.compile("origin=firms"))
    shown.go_back()
    shown.wait_for_selector("text=of occasions get through")
    # The occasions to choose from are those of all origins again.
    page.settle()
    picks = shown.get_by_label("One occasion")
    other = picks.locator("option").last.get_attribute("value")
    picks.select_option(other)
    shown.wait_for_url(f"**case={other}**")
    _ready(shown, "story")


def test_nonsense_in_the_address_is_told_and_left_out(page: Window) -> None:
    shown = page.visit(f"/flows?arms=nothing,{OWN}&arm=nobody&case=never&by=x")
    _ready(shown, "story")
    notes = shown.locator("p.st-notice", has_text="is not to be had")
    expect(notes).to_contain_text(["'nothing'", "'x'", "'nobody'", "'never'"])
    shown.get_by_label("Checkpoints over time").select_option("reached")
    expect(shown).to_have_url(re.compile("measure=reached"))
    # An address changes at once or not at all.
    assert "nobody" not in shown.url
    assert "nothing" not in shown.url


def test_capacity_is_shown_by_part_body_and_time(page: Window) -> None:
    shown = page.visit("/capacity?arm=training_programme")
    for name in ("kpst", "kpst-time", "kpst-bodies", "idle", "overlap", "overlap-bodies"):
        _ready(shown, name)
    shown.get_by_label("Area").select_option("licensing")
    shown.wait_for_selector("text=Training programme, all bodies, licensing")
    expect(shown).to_have_url(re.compile("pillar=licensing"))
    again = page.visit(shown.url.removeprefix(page.url))
    _ready(again, "kpst")
    expect(again.get_by_label("Area")).to_have_value("licensing")
    card = again.locator(".st-card", has=again.locator("[data-chart=kpst]"))
    card.get_by_role("button", name="Table").click()
    card.locator("table").wait_for()
    card.get_by_role("button", name="Repeat this").click()
    expect(card.locator("pre")).to_contain_text(f"stcsim observe small_region --arms {OWN}")
