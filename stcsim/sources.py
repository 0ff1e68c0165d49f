"""The public figures that defaults rest on and that the model is held against, read from ``sources.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field

from stcsim.spec import Spec

Confidence = Literal["H", "M", "D", "V"]
Use = Literal["parameters", "validation", "mechanisms", "theory"]

CONFIDENCE: Mapping[str, str] = MappingProxyType(
    {
        "H": "read in the primary document or its abstract",
        "M": "press, law firm or other secondary page",
        "D": "derived by arithmetic from what the document says",
        "V": "computed here and reproducible",
    }
)
"""What the letters of a source's confidence mean."""


class Source(Spec):
    """One public document and the one figure or finding that is taken from it."""

    key: str = Field(min_length=1, pattern=r"^[a-z][a-z0-9_]*$")
    """Permanent name that parameters and mechanisms cite."""

    title: str = Field(min_length=1)
    """Author and title of the document."""

    url: str = Field(pattern=r"^https?://\S+$")
    """Where it can be read."""

    year: str = Field(pattern=r"^(n\.d\.|\d{4}(-\d{2}|-\d{4})?)$")
    """Year or years that the figure is about, or of publication; "n.d." where the page bears none."""

    fact: str = Field(min_length=1)
    """What it says, and what has been derived from it."""

    value: str = Field(min_length=1)
    """The figure; "sign only", "form only", "rule" or "example" where there is none."""

    unit: str = Field(min_length=1)
    """Unit of the figure."""

    confidence: Confidence
    """How firmly it is known; see `CONFIDENCE`."""

    uses: tuple[Use, ...] = Field(alias="for", min_length=1)
    """What it is used for."""


@cache
def sources() -> Mapping[str, Source]:
    """Return every source by its key, in the order of the file; read once, on first use."""
    # PyYAML is imported on demand: most commands never show a source.
    import yaml

    text = Path(__file__).with_name("sources.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return MappingProxyType({key: _source(key, row) for key, row in table.items()})


def _source(key: str, row: dict[str, Any]) -> Source:
    return Source.model_validate({**row, "key": key, "for": tuple(row["for"])})
