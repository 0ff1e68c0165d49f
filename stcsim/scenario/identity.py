"""How entries of a list are told apart: by id, or by what stands for it, as in the roster."""

from __future__ import annotations

from collections.abc import Callable

from stcsim.actors.firm import FirmsSpec

LISTS: dict[str, tuple[str, ...]] = {
    "countries": ("id",),
    "agencies": ("id", "role"),
    "partners": ("id", "kind"),
    "checkpoints": ("id", "kind"),
    "stretches": ("id", "kind"),
    "firms": ("id",),
    "donors": ("id",),
    "networks": ("id",),
    "arms": ("name",),
    "priorities": ("pillar",),
}
"""Lists of entries with an identity, by key, and the keys of an entry that give it, the first that speaks."""

_SECTOR = str(FirmsSpec.model_fields["sector"].default)


def entry_identity(key: str, said: Callable[[str], str]) -> str:
    """Return the identity of an entry of the list under `key`, empty when it has none.

    Parameters
    ----------
    key : of the list
    said : what the entry says under a key, empty when nothing
    """
    found = next((word for name in LISTS.get(key, ()) if (word := said(name))), "")
    if not found and key == "firms" and said("firm_class"):
        return f"{said('firm_class')}_{said('sector') or _SECTOR}"
    return found
