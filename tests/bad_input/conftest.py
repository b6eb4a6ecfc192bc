"""A meeting that was held yesterday, and everybody's attempts to spoil it."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from tests.support import session_room
from tests.support.cast import Cast
from tests.support.session_room import LATER, Room


@pytest.fixture
def now() -> datetime:
    """After the meeting."""
    return LATER


@pytest.fixture
def room(session: Session, cast: Cast) -> Room:
    """The meeting, summoned, with six voting members recorded as present."""
    found = session_room.build(session, cast.boerde)
    session_room.everybody_present(session, found)
    return found
