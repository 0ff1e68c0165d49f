"""A picture: what it shows in words, and one or several panels that lay themselves out side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from matplotlib.figure import Figure

from stcsim.pictures.measure import wrap
from stcsim.pictures.style import GREY, INK
from stcsim.pictures.svg import FAMILY, SVG, element_of
from stcsim.pictures.words import clean


@dataclass(frozen=True)
class Panel:
    """One drawing.

    Parameters
    ----------
    figure : without title
    title : what this panel is about, empty when the picture has only this one
    text : what a reader who cannot see it should know
    """

    figure: Figure
    title: str = ""
    text: str = ""

    @property
    def width(self) -> float:
        """Natural width in px."""
        return float(self.figure.get_figwidth() * 72)

    @property
    def height(self) -> float:
        """Natural height in px."""
        return float(self.figure.get_figheight() * 72)


@dataclass(frozen=True)
class Picture:
    """A finding with its drawing.

    Parameters
    ----------
    name : short, letters and hyphens; identifiers inside the drawing begin with it
    title : the finding that was computed from the table
    subtitle : what intervals and marks mean
    panels : drawings, at least one
    """

    name: str
    title: str
    subtitle: str
    panels: tuple[Panel, ...] = field(default=())

    def svgs(self) -> tuple[str, ...]:
        """Return every panel as an SVG element for an HTML page, titled for screen readers."""
        return tuple(
            _svg(panel, f"{self.name}-{i}", panel.title or self.title, panel.text or self.subtitle)
            for i, panel in enumerate(self.panels)
        )

    def svg(self) -> str:
        """Return one SVG document: title, subtitle and all panels, for files and notebooks."""
        root, _ = self._sheet()
        return ElementTree.tostring(root, encoding="unicode") + "\n"

    def _repr_svg_(self) -> str:
        """Notebooks show the picture by this."""
        return self.svg()

    def save(self, path: Path | str) -> Path:
        """Write the picture to `path` as SVG and return the path."""
        path = Path(path)
        path.write_text(self.svg(), encoding="utf-8")
        return path

    def _sheet(self) -> tuple[ElementTree.Element, float]:
        """The panels in rows on one sheet below the title; also its height."""
        columns = min(len(self.panels), 3 if len(self.panels) != 4 else 2)
        widest = max(p.width for p in self.panels)
        width = max(columns * widest, 480.0)
        root = ElementTree.Element(f"{{{SVG}}}svg")
        ElementTree.SubElement(root, f"{{{SVG}}}title").text = clean(self.title)
        ElementTree.SubElement(root, f"{{{SVG}}}desc").text = clean(self.subtitle)
        paper = ElementTree.SubElement(
            root, f"{{{SVG}}}rect", {"width": "100%", "height": "100%", "fill": "#ffffff"}
        )
        paper.tail = ""
        top = 12.0
        for row in wrap(self.title, width - 24, 3, 15, bold=True):
            top = _line(root, row, top, 15, INK, bold=True)
        for row in wrap(self.subtitle, width - 24, 4, 11):
            top = _line(root, row, top, 11, GREY)
        top += 8
        for start in range(0, len(self.panels), columns):
            shown = list(enumerate(self.panels))[start : start + columns]
            if any(p.title for _, p in shown):
                ends = []
                for place, (_, panel) in enumerate(shown):
                    end = top
                    for row in wrap(panel.title, widest - 24, 3, 12, bold=True):
                        end = _line(root, row, end, 12, INK, bold=True, left=place * widest + 12)
                    ends.append(end)
                top = max(ends) + 2
            for place, (i, panel) in enumerate(shown):
                inner = element_of(panel.figure, f"{self.name}-{i}")
                inner.attrib.update({"x": f"{place * widest:g}", "y": f"{top:g}"})
                inner.attrib.update({"width": f"{panel.width:g}", "height": f"{panel.height:g}"})
                root.append(inner)
            top += max(p.height for _, p in shown) + 8
        root.attrib.update(
            {
                "viewBox": f"0 0 {width:g} {top:g}",
                "width": f"{width:g}",
                "height": f"{top:g}",
                "role": "img",
                "font-family": FAMILY,
            }
        )
        return root, top


def _line(
    root: ElementTree.Element,
    text: str,
    top: float,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    left: float = 12,
) -> float:
    """Write a line of text below `top` and return where the next one begins."""
    attributes = {"x": f"{left:g}", "y": f"{top + size:g}", "font-size": f"{size:g}", "fill": colour}
    if bold:
        attributes["font-weight"] = "700"
    ElementTree.SubElement(root, f"{{{SVG}}}text", attributes).text = text
    return top + size * 1.4


def _svg(panel: Panel, prefix: str, title: str, text: str) -> str:
    root = element_of(panel.figure, prefix)
    root.attrib.update(
        {
            "role": "img",
            "aria-labelledby": f"{prefix}-title {prefix}-desc",
            "style": f"width:100%;max-width:{panel.width * 1.2:g}px;height:auto",
            "font-family": FAMILY,
        }
    )
    for name, words in (("desc", text), ("title", title)):
        element = ElementTree.Element(f"{{{SVG}}}{name}", {"id": f"{prefix}-{name}"})
        element.text = clean(words)
        root.insert(0, element)
    return ElementTree.tostring(root, encoding="unicode")
