"""Every figure once: from the tables of a comparison to a drawing whose title states what was computed."""

from stcsim.pictures.picture import Picture
from stcsim.pictures.plot import plot_comparison, plot_series

__all__ = ["Picture", "plot_comparison", "plot_series"]
