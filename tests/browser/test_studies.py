"""The page of studies: what lies among the results, a study with its views, and one that runs meanwhile."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from stcsim.cli import main
from tests.browser import servers
from tests.browser.rules import violations
from tests.browser.window import JOB_PATIENCE, NARROW, WIDE, Window
from tests.study.studies import write_study

STUDY = """format: 1
name: {name}
title: A {name} study
question: Which of two arms?
scenario: small_region.yaml
uncertainties: [parameters.trust]
design: {{kind: worlds, points: {points}}}
replications: 4
outcomes: [captured_capacity, total_cost]
"""
RUNNING = re.compile(r"running: ([\d,]+) of 24,012 runs")


@pytest.fixture(scope="module")
def studies(results: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put the results of a study where the server looks for them, and return the folder of study files."""
    folder = tmp_path_factory.mktemp("studies")
    write_study(folder)
    for name, points in (("little", 12), ("long", 4000)):
        (folder / f"{name}.yaml").write_text(STUDY.format(name=name, points=points), encoding="utf-8")
    out = results / "little"
    assert main(["study", "run", str(folder / "little.yaml"), "--out", str(out), "--jobs", "1"]) == 0
    secret = results.with_name("secret")
    shutil.copytree(out, secret)
    (results / "link").symlink_to(secret)
    return folder


@pytest.fixture
def window(page: Window, studies: Path) -> Window:
    """Return a window on a dashboard that has a study."""
    return page


def says(page: Any, text: str | re.Pattern[str]) -> None:
    """Wait until the page says something."""
    expect(page.locator("main")).to_contain_text(text)


def test_from_the_list_to_a_ranking_and_back(window: Window) -> None:
    page = window.visit("/studies")
    page.wait_for_selector("[data-testid=studies]")
    says(page, "1 study, 0 running")
    window.still()
    assert "link" not in page.inner_text("main")
    assert violations(page) == []
    window.keep("studies-list")
    page.get_by_role("link", name="A little study", exact=True).click()
    window.settle("[data-testid=study-head]", ".st-tabs")
    says(page, "complete: 84 runs")
    window.keep("studies-brief")
    page.get_by_role("link", name="Ranking", exact=True).click()
    page.wait_for_selector("[data-chart=ranking-captured-capacity]")
    expect(page).to_have_url(re.compile("study=little&view=ranking$"))
    window.settle()
    page.get_by_label("Ranked by").select_option("total_cost")
    page.wait_for_selector("[data-chart=ranking-total-cost]")
    expect(page).to_have_url(re.compile("outcome=total_cost"))
    page.go_back()
    page.wait_for_selector("[data-chart=ranking-captured-capacity]")
    page.go_back()
    page.wait_for_selector("text=What was found")


def test_things_go_by_their_labels_and_files_say_what_they_hold(window: Window) -> None:
    page = window.visit("/studies?study=little")
    page.wait_for_selector("text=What was asked and run")
    listed = page.locator("dl.st-facts ul.named").nth(2)
    label, name = listed.locator("li").first, listed.locator("li code").first
    expect(label).to_have_text("champion departure (trust) parameters.trust.champion_departure")
    # Style sheets come with the document.
    sizes = [one.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") for one in (label, name)]
    assert sizes[0] > sizes[1]
    page.get_by_role("link", name="Ranking", exact=True).click()
    page.wait_for_selector("[data-chart=ranking-captured-capacity][data-ready='1']")
    for tool, ending in (("CSV", "csv"), ("SVG", "svg")):
        with page.expect_download() as kept:
            page.locator(".st-tools button", has_text=tool).first.click()
        assert kept.value.suggested_filename == f"little-studies-ranking-captured-capacity.{ending}"
    answer = page.request.get(f"{window.url}/documents/report/little")
    assert answer.headers["content-disposition"] == 'inline; filename="little-report.html"'


def test_nothing_outside_the_results_is_opened(window: Window) -> None:
    window.expected += ["status 404"]
    for name in ("../secret", "link", "/etc", "little/../../secret"):
        page = window.visit(f"/studies?study={name}")
        page.wait_for_selector("[data-testid=studies]")
        says(page, "which is not to be had")
    for path in (
        "brief/link",
        "brief/..%2fsecret",
        "report/%2fetc",
        "study.yaml/little",
        "brief/little%2fruns",
    ):
        answer = window.page.request.get(f"{window.url}/documents/{path}")
        assert answer.status == 404, path


def test_brief_and_report_are_pages_that_may_do_nothing(window: Window, results: Path) -> None:
    before = sorted(p.name for p in (results / "little").iterdir())
    page = window.visit("/studies?study=little")
    page.wait_for_selector("[data-testid=study-head] a[target=_blank]")
    for kind, said in (("Brief", "Question."), ("Long report", "stcsim · report of a study")):
        with page.context.expect_page() as opened:
            page.get_by_role("link", name=f"{kind} of little").click()
        other = opened.value
        other.wait_for_selector(f"text={said}")
        assert str(results) not in other.content()
        other.close()
    answer = page.request.get(f"{window.url}/documents/brief/little")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    # Looking changes nothing.
    assert sorted(p.name for p in (results / "little").iterdir()) == before


def test_by_keyboard(window: Window) -> None:
    page = window.visit("/studies")
    page.wait_for_selector("[data-testid=studies]")
    page.get_by_role("link", name="A little study", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-tabs")
    page.get_by_role("link", name="Robustness", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-chart=robustness]")


VIEWS = {
    "brief": "This design can answer 4 of 7 questions",
    "ranking": "Captured capacity",
    "robustness": re.compile(r"in (all|\d+ of) 12 sampled sets"),
    "sensitivity": "morris for many assumptions",
    "discovery": "It asks for 40 points or more",
    "runs": "stcsim study run results/little/study.yaml --out results/little",
}
"""What each view of the study says."""


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_every_view_by_its_address_breaks_no_rule_and_fits(
    open_window: Callable[..., Window], served: servers.Served, studies: Path, theme: str
) -> None:
    window = open_window(served, color_scheme=theme)
    for view, said in VIEWS.items():
        page = window.visit(f"/studies?study=little&view={view}")
        window.settle(".st-tabs")
        says(page, said)
        # Two of them say little more than what is missing.
        if view not in ("sensitivity", "discovery"):
            assert violations(page) == [], view
        window.resize(NARROW)
        window.fits()
        window.keep(f"studies-{view}-{theme}-narrow")
        window.resize(WIDE)


def test_while_it_runs_and_when_it_is_stopped(window: Window, studies: Path, results: Path) -> None:
    out = results / "long"
    words = ["-m", "stcsim", "study", "run", str(studies / "long.yaml"), "--out", str(out), "--jobs", "1"]
    running = subprocess.Popen(
        [sys.executable, *words],
        env={**os.environ, "PYTHONPATH": str(servers.ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        page = window.visit("/studies")
        page.wait_for_selector("text=1 running")
        page.get_by_role("link", name="A long study", exact=True).click()
        page.wait_for_selector(".st-tabs", timeout=JOB_PATIENCE)
        says(
            page,
            re.compile(r"Not finished: what follows comes from [\d,]+ runs of 3 arms; 24,012 are wanted"),
        )
        progress = page.locator("[data-testid=study-head] [role=progressbar]")
        expect(progress).to_have_attribute("aria-valuetext", RUNNING)
        found = RUNNING.search(str(progress.get_attribute("aria-valuetext")))
        assert found is not None
        expect(progress).not_to_have_attribute("aria-valuetext", re.compile(re.escape(found[0])))
        later = RUNNING.search(str(progress.get_attribute("aria-valuetext")))
        assert later is not None
        assert int(later[1].replace(",", "")) > int(found[1].replace(",", ""))
        window.keep("studies-running")
        page.get_by_role("link", name="Discovery", exact=True).click()
        page.wait_for_selector("text=Nothing can be looked for yet")
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(120)
    page.wait_for_selector("[data-testid=study-head] :text('stopped:')")
    window.settle()
    shutil.rmtree(out)
