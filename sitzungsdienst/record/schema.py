"""The whole record in one place: importing this registers every table."""

from sitzungsdienst.record.accounts import AuditEntry
from sitzungsdienst.record.base import Base
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.papers import Paper

metadata = Base.metadata

ROOTS = (AuditEntry, Meeting, Paper)
