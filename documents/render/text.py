"""A paper as plain text, one printed paragraph a line: for checks, search and comparing."""

from documents.paper import Paper
from documents.printing import lines


def render_text(paper: Paper) -> str:
    """The words of the paper with ordinary spaces and hyphens; a line feed ends each line.

    Date and number, post and name, name and signing line stand on one line with a space between;
    the cells of a table row part with a semicolon and a space.
    """
    return "".join(f"{line.text}\n" for line in lines(paper))
