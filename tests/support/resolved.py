"""A closed meeting of the cast's committee in which things were decided, entered by the acts."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from sitzungsdienst.acts import proceedings, resolutions
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.law.values import Part
from sitzungsdienst.record.accounts import OfficeUser
from sitzungsdienst.record.bodies import OrganizationKind
from sitzungsdienst.record.meetings import Meeting
from sitzungsdienst.record.proceedings import Decision
from sitzungsdienst.record.resolutions import Resolution
from tests.support.browser import OfficeClient
from tests.support.builders import END, Builder
from tests.support.cast import Cast

#: 2 May 2017, some days after the meeting.
LATER = datetime(2017, 5, 2, 8, tzinfo=UTC)
PROPOSED = "Das Konzept wird beauftragt."
SECRET = "Kauf von Herrn Meier"


@dataclass
class Resolved:
    """The numbers of the rows: Ö 1 adopted by a paper, Ö 2 rejected, Ö 3 noted, N 1 adopted."""

    build: Builder
    meeting: int
    unit: int
    concept: int
    rejected: int
    noted: int
    secret: int

    @classmethod
    def of(cls, session: Session, cast: Cast) -> "Resolved":
        """Enter everything and close the meeting."""
        build = Builder(session, Actor.of(session.get_one(OfficeUser, cast.clerk)))
        unit = build.organization("Amt für Integration", OrganizationKind.UNIT)
        paper = build.paper(
            title="Konzept", responsible_unit_id=unit, proposed_resolution=PROPOSED, public=True
        )
        step = build.step(paper, cast.committee)
        meeting = build.meeting(cast.committee)
        found = cls(
            build=build,
            meeting=meeting,
            unit=unit,
            concept=build.item(meeting, "Konzept", consultation_ids=(step,)),
            rejected=build.item(meeting, "Zuschüsse"),
            noted=build.item(meeting, "Bericht"),
            secret=build.item(meeting, SECRET, part=Part.NONPUBLIC),
        )
        build.summon(meeting)
        found.treat(found.concept, Decision.ADOPTED, PROPOSED)
        found.treat(found.rejected, Decision.REJECTED)
        found.treat(found.noted, Decision.NOTED)
        found.treat(found.secret, Decision.ADOPTED, "Für 100.000 Euro.")
        version = build.version(Meeting, meeting)
        proceedings.close_meeting(session, build.actor, meeting, version, END, LATER)
        session.rollback()
        return found

    def treat(self, item: int, decision: Decision | None, text: str = "") -> None:
        """Record what was decided on an item, for the first time."""
        facts = proceedings.TreatmentFacts(resolution_text=text, decision=decision)
        proceedings.record_treatment(
            self.build.session, self.build.actor, item, None, facts, self.build.now
        )

    def number(self, *items: int) -> list[int]:
        """Number items as the office's page does; gives the resolutions' ids."""
        wanted = tuple(resolutions.Numbering(item_id=one) for one in items)
        made = resolutions.number_resolutions(
            self.build.session, self.build.actor, self.meeting, wanted, LATER
        )
        self.build.session.rollback()
        return list(made)

    def row(self, resolution: int) -> Resolution:
        """The resolution as it stands now."""
        self.build.session.rollback()
        return self.build.session.get_one(Resolution, resolution, populate_existing=True)


def upload(
    clerk: OfficeClient, path: str, content: bytes, file_name: str, **more: str
) -> TestResponse:
    """Send a form with a file as bytes: the test client leaves its temporary files open."""
    fields: dict[str, Any] = {
        "csrf_token": clerk.token(path),
        "file": FileStorage(io.BytesIO(content), file_name),
        **more,
    }
    boundary, body = encode_multipart(MultiDict(fields))
    kind = f"multipart/form-data; boundary={boundary}"
    return clerk.post(
        path, input_stream=io.BytesIO(body), content_type=kind, content_length=len(body)
    )
