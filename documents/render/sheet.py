"""The sheet of paper in millimetres: A4, margins, width of the text (domain notes § 3.1).

page.css says the same to the PDF.
"""

from documents.paper import Annex

PORTRAIT = (210, 297)
MARGINS = (20, 15, 20, 30)  # top, right, bottom, left
# The binding edge is the upper one of a sheet turned sideways.
LANDSCAPE_MARGINS = (30, 20, 15, 20)
HEADER_DISTANCE = 10
TEXT_WIDTH = PORTRAIT[0] - MARGINS[1] - MARGINS[3]
LANDSCAPE_TEXT_WIDTH = PORTRAIT[1] - LANDSCAPE_MARGINS[1] - LANDSCAPE_MARGINS[3]


def text_width(annex: Annex | None) -> float:
    """The width of the text on the pages of an annex, of the paper itself for None."""
    return LANDSCAPE_TEXT_WIDTH if annex and annex.is_landscape else TEXT_WIDTH
