"""Edits that a person makes in a built paper, kept apart from it (design, «The papers»).

    data ──kinds/…──▶ Paper ──apply(edits)──▶ Edited ──▶ render/…

A paper is built from data anew each time; ``Edits`` lie over it block by block. Words that data
filled stay Facts inside an edited text, so they follow the data; where the data of an edited block
change, both texts are at hand (``Difference``). An edit whose block is gone is ``lost``, never an
error.

``operations`` are the edits themselves and their JSON, ``parts`` what in a paper can be edited,
``linking`` turns typed text into words, ``applying`` lays edits over a paper, ``deeds`` make new
edits, ``listing`` is what the editor's page shows.
"""

from documents.editing.applying import Difference, Edited, Removed, apply
from documents.editing.deeds import (
    Emptied,
    TooMuch,
    add,
    change,
    change_table,
    keep,
    move,
    remove,
    restore,
)
from documents.editing.linking import typed, typed_lines
from documents.editing.listing import Editable, editable
from documents.editing.operations import ADDED_KINDS, Add, Change, Edits, Move, Operation, Remove
from documents.editing.parts import rows_of, text_of

__all__ = [
    "ADDED_KINDS",
    "Add",
    "Change",
    "Difference",
    "Editable",
    "Edited",
    "Edits",
    "Emptied",
    "Move",
    "Operation",
    "Remove",
    "Removed",
    "TooMuch",
    "add",
    "apply",
    "change",
    "change_table",
    "editable",
    "keep",
    "move",
    "remove",
    "restore",
    "rows_of",
    "text_of",
    "typed",
    "typed_lines",
]
