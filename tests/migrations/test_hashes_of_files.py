"""Files filed before they could be found by their bytes are found by them afterwards."""

from datetime import UTC, datetime

from sqlalchemy import Engine, inspect, text

from sitzungsdienst import schema
from sitzungsdienst.database import WRITES
from sitzungsdienst.publication.reader import Reader
from sitzungsdienst.publication.types import PublicFile
from sitzungsdienst.publication.verify import verify

NOW = datetime(2017, 8, 1, 8, tzinfo=UTC)


def test_every_living_file_of_before_is_found_by_its_bytes(demo: Engine) -> None:
    schema.downgrade(demo, "0009")
    assert "sha512" not in {one["name"] for one in inspect(demo).get_columns("public_object")}
    schema.upgrade(demo)
    with demo.connect().execution_options(**{WRITES: True}) as connection:
        assert verify(connection).intact
        reader = Reader(connection)
        files = reader.listing(PublicFile)
        assert len(files) > 10
        for one in files:
            assert one.uid in {
                file.uid for file in reader.files_of_bytes(one.living.sha512_checksum)
            }
        bare = connection.scalar(
            text("SELECT count(*) FROM public_object WHERE sha512 IS NOT NULL AND kind <> 'File'")
        )
        assert bare == 0
