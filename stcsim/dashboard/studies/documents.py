"""The brief and the long report of a folder as pages of their own; nothing is written into the folder."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Literal

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from stcsim.api.briefing import brief_inputs
from stcsim.api.portfolio_report import read_portfolio
from stcsim.api.results import REPORT
from stcsim.dashboard.running import this_server
from stcsim.dashboard.studies.folders import Kind, folder_named, is_own_file, shown_name
from stcsim.dashboard.studies.reading import Kept, problems_of, read_findings, state_of
from stcsim.errors import StcsimError
from stcsim.report.brief import render_brief
from stcsim.report.portfolio import render_portfolio
from stcsim.report.study import render_study

Document = Literal["brief", "report"]
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
POLICY += "frame-ancestors 'none'; sandbox allow-popups allow-top-navigation-by-user-activation"
"""What such a page may do: show text and drawings, and nothing else."""
_LARGEST = 60_000_000
_pages = Kept(8)


def document_link(kind: Document, name: str) -> str:
    """Return the address of a page.

    Parameters
    ----------
    name : of the folder among the results
    """
    from urllib.parse import quote

    return f"/documents/{kind}/{quote(name)}"


def documents_of(kind: Kind, folder: Path) -> tuple[Document, ...]:
    """Return which pages there are of a folder of some kind."""
    if kind == "study":
        return ("brief", "report")
    if kind == "portfolio":
        return ("report",)
    return ("brief", "report") if is_own_file(folder / REPORT) else ("brief",)


def answer(request: Request) -> Response:
    """Answer with a page of a folder among the results, and with nothing else."""
    wanted, name = request.path_params["kind"], request.path_params["name"]
    results = this_server().results
    found = folder_named(results, name)
    if results is None or found is None or wanted not in documents_of(found[1], found[0]):
        return _page("There is nothing of that name here.", 404)
    folder, kind = found
    shown = shown_name(results, name)
    try:
        return _page_of(_text(folder, kind, wanted, shown))
    except StcsimError as error:
        return _page(" ".join(problems_of(error, folder, shown)), 422)
    except (OSError, ValueError, KeyError, TypeError):
        return _page("This folder holds files that cannot be read.", 422)


def _text(folder: Path, kind: Kind, wanted: Document, shown: str) -> str:
    if kind == "comparison" and wanted == "report":
        # Written by stcsim compare beside its tables, and shown as it stands.
        path = folder / REPORT
        if path.stat().st_size > _LARGEST:
            raise ValueError
        return path.read_text(encoding="utf-8")
    stamp = state_of(folder).stamp if kind == "study" else str(_last_change(folder))

    def make() -> str:
        if kind == "portfolio":
            text = render_portfolio(read_portfolio(folder))
        elif wanted == "brief":
            text = render_brief(brief_inputs(folder))
        else:
            text = render_study(read_findings(folder, shown, stamp))
        # A path stands in commands, escaped as everything is.
        return text.replace(html.escape(str(folder)), html.escape(shown))

    return _pages.get((wanted, folder, stamp), make)


def _last_change(folder: Path) -> int:
    return max((path.stat().st_mtime_ns for path in folder.iterdir() if is_own_file(path)), default=0)


def _page_of(text: str) -> Response:
    headers = {"content-security-policy": POLICY, "cache-control": "no-store"}
    return HTMLResponse(text, headers=headers)


def _page(sentence: str, status: int) -> Response:
    head = '<!DOCTYPE html><html lang="en"><head><title>stcsim</title></head>'
    text = f"{head}<body><p>{html.escape(sentence)}</p></body></html>"
    return HTMLResponse(text, status, headers={"content-security-policy": POLICY})
