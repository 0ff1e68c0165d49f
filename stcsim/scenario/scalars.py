"""Plain scalars by YAML 1.2's core schema: ``NO`` and ``12:30`` are text, ``010`` is ten, ``1e3`` a number.

YAML 1.1, which most libraries still read, makes of them False, 750, eight and text.
"""

from __future__ import annotations

import math
import re

Scalar = None | bool | int | float | str

_INT = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL = re.compile(r"0o[0-7]+\Z")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_NOT_FINITE = re.compile(r"(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z")
_CONSTANTS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
DIGITS = 40
"""A number has at most this many characters."""


class UnusableNumberError(ValueError):
    """A scalar that is a number by YAML's rules and none that can be calculated with."""


def resolve(text: str) -> Scalar:
    """Return the value of a plain scalar.

    Raises
    ------
    UnusableNumberError
        For NaN, infinities, numbers beyond double precision and numbers of more than `DIGITS` characters.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _NOT_FINITE.match(text):
        raise UnusableNumberError("NaN and infinities are no values")
    whole = bool(_INT.match(text))
    base = 8 if _OCTAL.match(text) else 16 if _HEXADECIMAL.match(text) else 0
    if not whole and not base and not _FLOAT.match(text):
        return text
    if len(text) > DIGITS:
        raise UnusableNumberError(f"a number has at most {DIGITS} characters")
    if whole:
        return int(text)
    if base:
        return int(text, base)
    number = float(text)
    if not math.isfinite(number):
        raise UnusableNumberError("the number is beyond double precision")
    return number
