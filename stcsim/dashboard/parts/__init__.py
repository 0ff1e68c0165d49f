"""Building blocks of pages: cards, figures, tables, inputs, terms, problems, progress."""

from stcsim.dashboard.parts.button import Button, Download
from stcsim.dashboard.parts.card import Card
from stcsim.dashboard.parts.choice import Choice
from stcsim.dashboard.parts.choices import Choices, Switch
from stcsim.dashboard.parts.figure import PictureView
from stcsim.dashboard.parts.file_field import FileField
from stcsim.dashboard.parts.furniture import Furniture
from stcsim.dashboard.parts.headline import HeadlineCard
from stcsim.dashboard.parts.markup import Markup
from stcsim.dashboard.parts.number import NumberField, Slider
from stcsim.dashboard.parts.option import Option
from stcsim.dashboard.parts.page_link import PageLink
from stcsim.dashboard.parts.progress import ProgressLine
from stcsim.dashboard.parts.repeat import Repeat
from stcsim.dashboard.parts.said import Notice, Problems
from stcsim.dashboard.parts.table import DataTable
from stcsim.dashboard.parts.term import Term, TermText
from stcsim.dashboard.parts.text_field import TextField

__all__ = [
    "Button",
    "Card",
    "Choice",
    "Choices",
    "DataTable",
    "Download",
    "FileField",
    "Furniture",
    "HeadlineCard",
    "Markup",
    "Notice",
    "NumberField",
    "Option",
    "PageLink",
    "PictureView",
    "Problems",
    "ProgressLine",
    "Repeat",
    "Slider",
    "Switch",
    "Term",
    "TermText",
    "TextField",
]
