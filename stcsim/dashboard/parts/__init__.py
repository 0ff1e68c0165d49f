"""Building blocks of pages: cards, figures, tables, inputs, terms, problems, progress."""

from stcsim.dashboard.parts.card import Card
from stcsim.dashboard.parts.figure import PictureView
from stcsim.dashboard.parts.furniture import Furniture
from stcsim.dashboard.parts.markup import Markup
from stcsim.dashboard.parts.repeat import Repeat

__all__ = ["Card", "Furniture", "Markup", "PictureView", "Repeat"]
