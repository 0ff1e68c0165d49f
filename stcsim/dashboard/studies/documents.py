"""The brief and the long report of a folder as pages of their own; nothing is written into the folder."""

from __future__ import annotations

import html
import logging
import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from stcsim.api.briefing import brief_inputs
from stcsim.api.portfolio_report import read_portfolio
from stcsim.api.results import REPORT
from stcsim.dashboard.parts.file_names import joined
from stcsim.dashboard.running import this_server
from stcsim.dashboard.studies.folders import Kind, folder_named, is_own_file, shown_name
from stcsim.dashboard.studies.keeping import Kept, Tell
from stcsim.dashboard.studies.reading import problems_of, read_findings, state_of, without_place
from stcsim.errors import StcsimError
from stcsim.report.brief import BriefInputs, render_brief
from stcsim.report.portfolio import render_portfolio
from stcsim.report.study import render_study

LOG = logging.getLogger("stcsim.dashboard")
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
        return _page_of(_text(folder, kind, wanted, shown), f"{joined((folder.name, wanted))}.html")
    except StcsimError as error:
        return _page(" ".join(problems_of(error, folder, shown)), 422)
    except (OSError, ValueError, KeyError, TypeError):
        return _page("This folder holds files that cannot be read.", 422)
    except Exception:
        number = secrets.token_hex(3).upper()
        LOG.exception("reference %s", number)
        said = f"Whoever runs this server finds the details in its log under reference {number}."
        return _page(f"Something went wrong in writing this page. {said}", 500)


def _text(folder: Path, kind: Kind, wanted: Document, shown: str) -> str:
    if kind == "comparison" and wanted == "report":
        # Written by stcsim compare beside its tables, and shown as it stands.
        path = folder / REPORT
        if path.stat().st_size > _LARGEST:
            raise ValueError
        return path.read_text(encoding="utf-8")
    stamp = state_of(folder).stamp if kind == "study" else str(_last_change(folder))

    def make(_: Tell) -> str:
        def clean(text: str) -> str:
            return without_place(text, folder, shown)

        if kind == "portfolio":
            found = read_portfolio(folder)
            return render_portfolio(replace(found, command=clean(found.command)))
        if wanted == "brief":
            return render_brief(_without_paths(brief_inputs(folder), clean))
        told = read_findings(folder, shown, stamp).findings
        text = render_study(replace(told, facts=replace(told.facts, command=clean(told.facts.command))))
        # Reasons why something is not said name the folder, escaped as everything is.
        return text.replace(html.escape(str(folder)), html.escape(shown))

    return _pages.get((wanted, folder, stamp), make)


def _without_paths(inputs: BriefInputs, clean: Callable[[str], str]) -> BriefInputs:
    """Return what a brief tells with commands that name no place of this machine."""
    gaps = replace(inputs.gaps, finish=clean(inputs.gaps.finish), look=clean(inputs.gaps.look))
    origin = replace(inputs.provenance, command=clean(inputs.provenance.command))
    return replace(inputs, gaps=gaps, provenance=origin, command=clean(inputs.command))


def _last_change(folder: Path) -> int:
    return max((path.stat().st_mtime_ns for path in folder.iterdir() if is_own_file(path)), default=0)


def _page_of(text: str, name: str) -> Response:
    headers = {
        "content-security-policy": POLICY,
        "cache-control": "no-store",
        "content-disposition": f'inline; filename="{name}"',
    }
    return HTMLResponse(text, headers=headers)


def _page(sentence: str, status: int) -> Response:
    head = '<!DOCTYPE html><html lang="en"><head><title>stcsim</title></head>'
    text = f"{head}<body><p>{html.escape(sentence)}</p></body></html>"
    return HTMLResponse(text, status, headers={"content-security-policy": POLICY})
