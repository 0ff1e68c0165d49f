"""The pictures of reports in the page: ink, grey and paper follow its theme, arms keep their colours."""

from __future__ import annotations

import re

import solara

from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.markup import Markup
from stcsim.pictures.picture import Picture
from stcsim.pictures.style import GREY, INK, PALE, PAPER
from stcsim.report.html import Html, tag

_NAMED = {INK: "--ink", GREY: "--grey", PALE: "--line", PAPER: "--card"}
_COLOUR = re.compile(r"#[0-9a-f]{6}\b", re.IGNORECASE)


def follows_theme(svg: str) -> str:
    """Return an SVG element whose colours are properties of the page, with themselves to fall back on."""

    def property_of(found: re.Match[str]) -> str:
        colour = found[0].lower()
        return f"var({_NAMED.get(colour, f'--tone-{colour[1:]}')}, {colour})"

    return _COLOUR.sub(property_of, svg)


def picture_markup(picture: Picture) -> Html:
    """Return the panels of a picture, side by side where there is room."""
    several = len(picture.panels) > 1
    panels = [
        tag("div", tag("h3", panel.title) if several and panel.title else None, Html(follows_theme(svg)))
        for panel, svg in zip(picture.panels, picture.svgs(), strict=True)
    ]
    if not several:
        return tag("div", *panels, class_="st-single")
    small = picture.panels[0].width < 400
    return tag("div", *panels, class_="st-panels st-small" if small else "st-panels")


@solara.component
def PictureView(picture: Picture) -> Element:
    """Show a picture of a report, without its title: the card around it has that.

    Parameters
    ----------
    picture : drawn once for each picture that is handed in
    """
    content = solara.use_memo(lambda: picture_markup(picture), [picture])
    return Markup(content, class_="st-picture")
