"""A whole school as one JSON file: people, periods, pairs, register, issued papers.

    {"format": 1, "school": {…}, "forms": […], "people": [{"key": "p1", …}], "heads": […],
     "council": […], "catalogue": […], "calendar": […], "series": […], "documents": […],
     "programmes": [{"key": "y1", …, "group": […], "pairs": […],
     "plan": [{"plan": "implementation", "stage": 1, "title": …}]}]}

People, programmes, pairs and documents carry a ``key`` by which the rest of the file names them.
The project group and the plan are in the order of the papers.
Dates are ISO texts; what a row does not have is left out. Case forms are written only where
somebody corrected them. Issued files and scans are base64, so that a loaded paper is byte for byte
the one that was issued. Users are not part of a school's file: nobody's password travels.
"""

from mentorship_portal.transfer.fields import Damaged
from mentorship_portal.transfer.reading import load
from mentorship_portal.transfer.writing import dump

__all__ = ["Damaged", "dump", "load"]
