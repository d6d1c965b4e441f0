"""A comparison as files: its figures, its pictures, and both on one page for a browser. Nothing in here trains."""

from .figures import Figures, figures_of
from .job import report_job
from .numbers import loss as loss_text
from .page import page
from .pictures import Draw, pictures_of
from .surface import surface_png
from .table import COLUMNS, columns_of, headings, short_texts, table_rows

__all__ = [
    "COLUMNS",
    "Draw",
    "Figures",
    "columns_of",
    "figures_of",
    "headings",
    "loss_text",
    "page",
    "pictures_of",
    "report_job",
    "short_texts",
    "surface_png",
    "table_rows",
]
