"""From a figure to SVG that can stand with others on one page, the same bytes each time."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

from matplotlib.figure import Figure

from stcsim.pictures.style import drawing

SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_FAMILY_STYLE = re.compile(r"font-family:[^;]*;?\s*")
_DECIMALS = re.compile(r"-?\d+\.\d{2,}")

ElementTree.register_namespace("", SVG)


def element_of(figure: Figure, prefix: str) -> ElementTree.Element:
    """Return the drawing as an element that can stand with others on one page."""
    buffer = io.StringIO()
    with drawing():
        figure.savefig(
            buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    root = ElementTree.fromstring(buffer.getvalue())
    del root.attrib["width"], root.attrib["height"]
    root.attrib.pop("version", None)
    root.attrib["stroke-linejoin"] = "round"
    _tidy(root, prefix)
    return root


def _tidy(root: ElementTree.Element, prefix: str) -> None:
    """Drop style sheets and unused ids, give the others a prefix, shorten numbers, one font for all."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)
    used: dict[str, str] = {}
    for element in root.iter():
        for value in element.attrib.values():
            for found in (*_REFERENCE.findall(value), *([value[1:]] if value.startswith("#") else [])):
                used.setdefault(found, f"{prefix}-{len(used)}")
    for element in root.iter():
        element.text = (element.text or "").strip() or None
        element.tail = None
        attributes = {}
        for key, value in element.attrib.items():
            if key == "id":
                if value in used:
                    attributes["id"] = used[value]
                continue
            if key == _LINK:
                attributes["href"] = f"#{used[value[1:]]}"
                continue
            value = _REFERENCE.sub(lambda m: f"url(#{used[m[1]]})", value)
            if key == "style":
                value = _FAMILY_STYLE.sub("", value).replace(": ", ":").replace("; ", ";").strip("; ")
            if key == "d":
                value = " ".join(value.split())
            if key == "transform" and value.startswith("rotate(-0 "):
                continue
            # Long lines in tenths of a px, small marks in hundredths.
            attributes[key] = _shorter(value, 1 if len(value) > 1000 else 2)
        element.attrib.clear()
        element.attrib.update(attributes)
    _unwrap(root)


def _unwrap(parent: ElementTree.Element) -> None:
    """Take away groups that say nothing."""
    kept: list[ElementTree.Element] = []
    for child in parent:
        _unwrap(child)
        kept.extend(child if child.tag == f"{{{SVG}}}g" and not child.attrib else [child])
    parent[:] = [c for c in kept if len(c) or c.attrib or c.text]


def _shorter(value: str, decimals: int) -> str:
    """Round every number in `value`."""

    def short(found: re.Match[str]) -> str:
        text = f"{float(found[0]):.{decimals}f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text

    return _DECIMALS.sub(short, value)
