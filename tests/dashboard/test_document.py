"""The document that browsers are sent, and what it needs from the packages that are installed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("solara")
server = pytest.importorskip("solara.server.server")
settings = pytest.importorskip("solara.server.settings")
document = pytest.importorskip("stcsim.dashboard.document")

TEMPLATE = (Path(server.__file__).parent / "templates" / "solara.html.j2").read_text(encoding="utf-8")


def test_solaras_document_is_the_one_that_is_known() -> None:
    text = document.completed(TEMPLATE, "abc")
    assert '<html lang="en">' in text
    assert "user-scalable=no" not in text
    assert "var debug = true" not in text
    assert text.count("<script") == text.count('<script nonce="abc"')


def test_another_document_is_an_error_and_not_half_mended() -> None:
    with pytest.raises(document.DocumentError):
        document.completed(TEMPLATE.replace("var debug = true;", ""), "abc")


def test_files_that_the_document_asks_for_are_installed() -> None:
    """A newer Solara may ask for a newer bundle than the package of its files brings."""
    asked = re.findall(r"\{\{cdn\}\}(/[^\"' ]+\.(?:js|css))", TEMPLATE.split("{% else %}")[0])
    asked += re.findall(r"\{\{cdn\}\}(/(?:@widgetti/solara-vuetify-app@|requirejs)[^\"' ]+)", TEMPLATE)
    wanted = {a.replace("{{ipywidget_major_version}}", "8") for a in asked if "vuetify3" not in a}
    wanted = {a for a in wanted if not a.endswith("app8.js")} | {"/echarts@5.4.0/dist/echarts.esm.min.js"}
    assert len(wanted) >= 4
    lacking = [path for path in wanted if not (settings.assets.proxy_cache_dir / path.lstrip("/")).is_file()]
    assert lacking == []


def test_style_asks_nobody_for_anything() -> None:
    assert "@import" not in document.style()
    assert not re.findall(r"url\((?!['\"]?data:)", document.style())
