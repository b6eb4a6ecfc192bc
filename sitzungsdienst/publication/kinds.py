"""The kinds of public objects: OParl 1.1's types, less System, which is configuration."""

from enum import StrEnum


class Kind(StrEnum):
    """A type of OParl 1.1; the value is its name there."""

    BODY = "Body"
    LEGISLATIVE_TERM = "LegislativeTerm"
    ORGANIZATION = "Organization"
    PERSON = "Person"
    MEMBERSHIP = "Membership"
    MEETING = "Meeting"
    AGENDA_ITEM = "AgendaItem"
    PAPER = "Paper"
    CONSULTATION = "Consultation"
    FILE = "File"
    LOCATION = "Location"
