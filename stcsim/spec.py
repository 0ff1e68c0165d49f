"""The frozen base of everything a scenario file may say, and the metadata of its fields.

A quantity is declared once, with unit, bounds, sweep range and basis; validation, JSON schema,
``stcsim list``, the assumption register and the documentation follow from that one declaration.

Modules of specs do not put off their annotations: those of a class would be compiled once more for each class
that inherits them, at every start of a command.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Self, cast

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

ASSUMED = "assumed"
"""Basis of a value for which no public figure exists."""


class Spec(BaseModel):
    """Frozen, strict, closed: unknown keys, wrong types, NaN and infinities are errors."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        # Read by `texts` when somebody asks: pydantic would parse every source at each start of the program.
        use_attribute_docstrings=False,
        # Most specs are only validated as part of a scenario: built once there instead of each by itself.
        defer_build=True,
        validate_default=False,
        serialize_by_alias=False,
    )

    @classmethod
    def default(cls) -> Self:
        """Return the spec of which nothing is said; each field needs a default.

        What `cls()` returns, without the validator that pydantic would build for this class alone.
        """
        # the plugin of the type checker knows the base alone
        return cast(Self, cls.model_construct())

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe every property by the docstring of its field."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, text in texts(cls).items():
            if name in properties:
                properties[name] = {**properties[name], "description": text}
        return schema


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


@cache
def docstrings(module: str) -> Mapping[str, Mapping[str, str]]:
    """Return the docstrings of the fields of every class in a module, by names of class and field."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (KeyError, OSError, TypeError):
        return {}
    found: dict[str, dict[str, str]] = {}
    for node in (n for n in tree.body if isinstance(n, ast.ClassDef)):
        fields = found.setdefault(node.name, {})
        for field, text in zip(node.body, node.body[1:], strict=False):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(text, ast.Expr)
                and isinstance(text.value, ast.Constant)
                and isinstance(text.value.value, str)
            ):
                fields[field.target.id] = " ".join(text.value.value.split())
    return found


@cache
def texts(spec: type[Spec]) -> Mapping[str, str]:
    """Return what each field of `spec` means, by name, in one line: the docstring under it."""
    found: dict[str, str] = {}
    for ancestor in reversed(spec.__mro__):
        found.update(docstrings(ancestor.__module__).get(ancestor.__name__, {}))
    given = {name: info.description for name, info in spec.model_fields.items() if info.description}
    return {name: text for name, text in {**found, **given}.items() if name in spec.model_fields}


def _bounds(info: FieldInfo) -> tuple[float | None, float | None]:
    low: float | None = None
    high: float | None = None
    for part in info.metadata:
        low = getattr(part, "ge", getattr(part, "gt", low))
        high = getattr(part, "le", high)
    return low, high


def sweep_of(extra: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return the sweep range from what `quantity` has noted of a field, None where it has none."""
    sweep = extra.get("sweep")
    return None if sweep is None else (float(sweep[0]), float(sweep[1]))


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
        yield QuantityInfo(
            path=path,
            unit=str(extra["unit"]),
            default=info.default,
            low=low,
            high=high,
            sweep=sweep_of(extra),
            basis=str(extra.get("basis", ASSUMED)),
            text=texts(spec).get(name, ""),
        )
