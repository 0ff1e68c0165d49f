"""The frozen base of everything a scenario file may say, and the metadata of its fields.

A quantity is declared once, with unit, bounds, sweep range and basis; validation, JSON schema, ``stcsim list``,
the assumption register and the documentation follow from that one declaration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

ASSUMED = "assumed"
"""Basis of a value for which no public figure exists."""


class Spec(BaseModel):
    """Frozen, strict, closed: unknown keys, wrong types, NaN and infinities are errors."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
        validate_default=False,
        serialize_by_alias=False,
    )


def quantity(
    default: Any = ...,
    *,
    unit: str,
    low: float | None = None,
    high: float | None = None,
    sweep: tuple[float, float] | None = None,
    basis: str = ASSUMED,
    above: float | None = None,
) -> Any:
    """Declare a number with its unit, bounds, sweep range and basis.

    Parameters
    ----------
    default : value when the file says nothing; required when omitted
    unit : such as ``"1/yr"``, ``"days"``, ``"FTE"``, ``"share"``
    low, high : inclusive bounds of what is accepted
    above : exclusive lower bound, instead of `low`
    sweep : range over which assumption worlds and sweeps draw; None keeps the value fixed
    basis : a key of ``sources.yaml`` or ``"assumed"``
    """
    extra: dict[str, Any] = {"unit": unit, "basis": basis}
    if sweep is not None:
        extra["sweep"] = list(sweep)
    return Field(default, ge=low, le=high, gt=above, json_schema_extra=extra)


@dataclass(frozen=True)
class QuantityInfo:
    """One row of the register: a declared quantity and what is known of it."""

    path: str
    unit: str
    default: Any
    low: float | None
    high: float | None
    sweep: tuple[float, float] | None
    basis: str
    text: str


def _bounds(info: FieldInfo) -> tuple[float | None, float | None]:
    low: float | None = None
    high: float | None = None
    for part in info.metadata:
        low = getattr(part, "ge", getattr(part, "gt", low))
        high = getattr(part, "le", high)
    return low, high


def quantities(spec: type[Spec], prefix: str = "") -> Iterator[QuantityInfo]:
    """Yield every quantity that `spec` declares, nested specs included, with dotted paths."""
    for name, info in spec.model_fields.items():
        path = f"{prefix}.{name}" if prefix else name
        kind = info.annotation
        if isinstance(kind, type) and issubclass(kind, Spec):
            yield from quantities(kind, path)
            continue
        extra = info.json_schema_extra
        if not isinstance(extra, dict) or "unit" not in extra:
            continue
        low, high = _bounds(info)
        sweep = extra.get("sweep")
        yield QuantityInfo(
            path=path,
            unit=str(extra["unit"]),
            default=info.default,
            low=low,
            high=high,
            sweep=(float(sweep[0]), float(sweep[1])) if isinstance(sweep, list) else None,  # type: ignore[arg-type]
            basis=str(extra.get("basis", ASSUMED)),
            text=" ".join((info.description or "").split()),
        )
