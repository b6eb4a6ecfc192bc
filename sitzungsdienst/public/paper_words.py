"""The fields of a paper, the same on its own page and beside an excerpt."""

from sitzungsdienst.public import parts
from sitzungsdienst.public.parts import Field
from sitzungsdienst.publication.types import PublicPaper


def paper_fields(paper: PublicPaper) -> tuple[Field, ...]:
    """The fields below the paper's number and title; they may be empty.

    "Status" bears a key of its own: beside an excerpt the meeting's status stands there too.
    """
    return (
        parts.field("Status", paper.status, key="Vorlage-Status"),
        parts.field("Vorlage-Art", paper.paper_type),
        parts.field("Einreicher", *paper.submitted_by),
        parts.field("Federführend", paper.responsible_unit),
        parts.field("Bearbeiter/-in", paper.handled_by),
    )
