"""Texts one after the other, so that a change can be undone and done again."""

from __future__ import annotations

from dataclasses import dataclass

STEPS = 100
"""Most texts that are kept."""
CHARACTERS = 2_000_000
"""Most characters of all texts together; the oldest go first."""


@dataclass(frozen=True)
class History:
    """Texts in the order in which they came about, and the one that stands now.

    Parameters
    ----------
    texts : at least one
    at : index of the text that stands
    """

    texts: tuple[str, ...]
    at: int = 0

    @property
    def text(self) -> str:
        """The text that stands."""
        return self.texts[self.at]

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier text."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether a change was undone."""
        return self.at + 1 < len(self.texts)

    def then(self, text: str) -> History:
        """Return the history after a change; what had been undone is forgotten."""
        if text == self.text:
            return self
        kept = [*self.texts[: self.at + 1], text][-STEPS:]
        while len(kept) > 2 and sum(map(len, kept)) > CHARACTERS:
            del kept[0]
        return History(tuple(kept), len(kept) - 1)

    def undone(self) -> History:
        """Return the history with the text before this one, the same where there is none."""
        return History(self.texts, max(0, self.at - 1))

    def redone(self) -> History:
        """Return the history with the text that was undone last, the same where there is none."""
        return History(self.texts, min(len(self.texts) - 1, self.at + 1))

    def found(self, text: str) -> History:
        """Return the history at `text`, the nearest of those alike; as a new change where it is not in it."""
        places = [i for i, known in enumerate(self.texts) if known == text]
        if not places:
            return self.then(text)
        return History(self.texts, min(places, key=lambda i: abs(i - self.at)))
