"""The whole record in one place: importing this registers every table."""

from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.base import Base
from sitzungsdienst.record.changes import AgendaChange
from sitzungsdienst.record.elections import Election
from sitzungsdienst.record.file_texts import FileText
from sitzungsdienst.record.local_rules import LocalRule
from sitzungsdienst.record.numbers import NumberSequence
from sitzungsdienst.record.paper_work import PaperKind
from sitzungsdienst.record.resolution_prints import ResolutionPrint
from sitzungsdienst.record.resolutions import Resolution

__all__ = ["ROOTS", "Base", "metadata"]

metadata = Base.metadata

ROOTS = (
    AgendaChange,
    AuditEntry,
    Election,
    FileText,
    LocalRule,
    NumberSequence,
    PaperKind,
    Resolution,
    ResolutionPrint,
)
