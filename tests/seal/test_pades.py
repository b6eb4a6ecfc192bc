"""The seal holds, hurts no standard, breaks at a changed byte, and fails in plain German."""

import io
import logging
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import PdfSignatureStatus, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from sitzungsdienst.config import SealSettings
from sitzungsdienst.documents.excerpt import print_excerpt
from sitzungsdienst.documents.followup_report import print_followup_report
from sitzungsdienst.documents.invitation import print_invitation
from sitzungsdienst.documents.minutes import print_minutes
from sitzungsdienst.documents.resolution_book import print_resolution_book
from sitzungsdienst.documents.seal_sample import print_sample
from sitzungsdienst.documents.values import Audience
from sitzungsdienst.seal import stamps
from sitzungsdienst.seal.failure import SealFailed
from sitzungsdienst.seal.pades import check, seal
from tests.documents.cast import CERTIFIED, EXCERPT, INVITATION, MINUTES
from tests.documents.resolution_cast import BOOK, REPORT
from tests.seal.conftest import NOW
from tests.support.sealing import PASSPHRASE, TOWN, TSA, Pki, StampServer, holder, key_file, pki
from tests.support.standards import faults_of, verapdf_faults

CHECK = "https://rat.example.de/pruefen/5f3c-2a1b-9d4e/1"

SEALABLE: dict[str, Callable[[], bytes]] = {
    "certified copy": lambda: print_excerpt(CERTIFIED, sealable=True),
    "excerpt": lambda: print_excerpt(EXCERPT, sealable=True),
    "minutes": lambda: print_minutes(MINUTES, sealable=True),
    "notice": lambda: print_invitation(
        replace(INVITATION, audience=Audience.PUBLIC, check_address=CHECK), sealable=True
    ),
    "resolution book": lambda: print_resolution_book(BOOK, sealable=True),
    "follow-up report": lambda: print_followup_report(REPORT, sealable=True),
    "sample": lambda: print_sample(NOW.date()),
}


def judged(pdf: bytes, made: Pki) -> PdfSignatureStatus:
    """What a reader's program finds that trusts the authority of the tests."""
    [found] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    context = ValidationContext(trust_roots=[made.root.asn1], allow_fetching=False)
    return validate_pdf_signature(found, context)


@pytest.mark.parametrize("kind", SEALABLE)
def test_the_empty_field_keeps_both_standards(kind: str) -> None:
    assert faults_of(SEALABLE[kind]()) == []


@pytest.mark.parametrize("kind", SEALABLE)
def test_a_sealed_file_keeps_both_standards(
    kind: str, settings: SealSettings, server: StampServer
) -> None:
    stamped = replace(settings, time_stamps=server.address)
    assert faults_of(seal(SEALABLE[kind](), settings, NOW)) == []
    assert faults_of(seal(SEALABLE[kind](), stamped, NOW)) == []


@pytest.mark.slow
def test_verapdf_finds_no_fault_before_or_after_sealing(
    settings: SealSettings, server: StampServer, tmp_path: Path
) -> None:
    stamped = replace(settings, time_stamps=server.address)
    files = {}
    for kind, print_ in SEALABLE.items():
        files[kind] = print_()
        files[f"{kind}, sealed"] = seal(files[kind], settings, NOW)
        files[f"{kind}, stamped"] = seal(files[kind], stamped, NOW)
    assert verapdf_faults(files, tmp_path) == {name: [] for name in files}


def test_documents_carry_no_field_unless_they_are_to_be_sealed() -> None:
    for pdf in (print_excerpt(CERTIFIED), print_minutes(MINUTES)):
        assert b"/AcroForm" not in pdf
        assert b"Siegel" not in pdf


def test_the_field_is_told_to_those_who_cannot_see_it(copy: bytes) -> None:
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        [field] = pdf.Root.AcroForm.Fields
        assert field.T == "Siegel"
        assert field.TU == field.Contents == "Elektronisches Siegel"
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        keys = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        assert keys[int(field.StructParent)].S == "/Form"


def test_a_file_printed_to_be_sealed_is_the_same_each_time(copy: bytes) -> None:
    assert print_excerpt(CERTIFIED, sealable=True) == copy


def test_a_seal_is_appended_and_holds(copy: bytes, settings: SealSettings, made: Pki) -> None:
    sealed = seal(copy, settings, NOW)
    assert sealed.startswith(copy)
    status = judged(sealed, made)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.signing_cert.subject.native["common_name"] == TOWN
    assert status.signer_reported_dt == NOW
    assert status.timestamp_validity is None


def test_a_time_stamp_is_bought_once_and_holds(
    copy: bytes, settings: SealSettings, made: Pki, server: StampServer
) -> None:
    sealed = seal(copy, replace(settings, time_stamps=server.address), NOW)
    status = judged(sealed, made)
    assert status.bottom_line
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.valid
    assert status.timestamp_validity.trusted
    assert server.asked == 1


def test_the_time_stamp_server_learns_a_digest_only(
    copy: bytes, settings: SealSettings, server: StampServer
) -> None:
    seal(copy, replace(settings, time_stamps=server.address), NOW)
    assert len(server.last_query) < 100


def test_without_a_time_stamp_server_no_network_is_asked(
    copy: bytes, settings: SealSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    seal(copy, settings, NOW)


def test_a_changed_byte_breaks_the_seal(copy: bytes, settings: SealSettings, made: Pki) -> None:
    sealed = seal(copy, settings, NOW)
    for place in (len(copy) // 2, copy.index(b"<pdfuaid:part>1") + len(b"<pdfuaid:part>")):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert not judged(bytes(changed), made).bottom_line


def test_what_is_appended_to_a_sealed_file_is_seen(
    copy: bytes, settings: SealSettings, made: Pki
) -> None:
    longer = seal(copy, settings, NOW) + b"\n% mehr\n"
    assert judged(longer, made).coverage.name != "ENTIRE_FILE"


def test_a_file_sealed_already_or_without_a_field_is_not_sealed(
    copy: bytes, settings: SealSettings
) -> None:
    for pdf in (seal(copy, settings, NOW), print_excerpt(CERTIFIED)):
        with pytest.raises(SealFailed, match="ließ sich nicht elektronisch siegeln"):
            seal(pdf, settings, NOW)


def test_a_seal_by_somebody_else_is_not_trusted(copy: bytes, tmp_path: Path, made: Pki) -> None:
    span = {"begin": made.begin, "end": made.end}
    root = holder("Eine andere Wurzel", 3, None, **span)
    town = holder(TOWN, 1, root, **span)
    sealed = seal(copy, key_file(tmp_path, replace(made, root=root, town=town)), NOW)
    status = judged(sealed, made)
    assert status.intact
    assert not status.trusted


def test_the_wrong_passphrase_is_told_without_it(
    copy: bytes, settings: SealSettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.secret_file.write_text("falsches-Wort", encoding="utf-8")
    with caplog.at_level(logging.DEBUG), pytest.raises(SealFailed, match="Kennwort") as caught:
        seal(copy, settings, NOW)
    assert "falsches-Wort" not in f"{caught.value}{caplog.text}"


def test_neither_secret_nor_names_reach_the_log(
    copy: bytes, settings: SealSettings, server: StampServer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        seal(copy, replace(settings, time_stamps=server.address), NOW)
    assert PASSPHRASE not in caplog.text
    assert TOWN not in caplog.text
    assert TSA not in caplog.text
    assert PASSPHRASE not in repr(settings)


def test_files_that_are_missing_or_rubbish_are_named(copy: bytes, settings: SealSettings) -> None:
    assert settings.key_file is not None
    settings.key_file.write_bytes(b"kein Schluessel")
    with pytest.raises(SealFailed, match="keine PKCS#12-Datei"):
        seal(copy, settings, NOW)
    settings.key_file.unlink()
    with pytest.raises(SealFailed, match=r"siegel\.p12"):
        seal(copy, settings, NOW)
    settings.secret_file.unlink()
    with pytest.raises(SealFailed, match=r"siegel\.kennwort"):
        seal(copy, settings, NOW)


def test_a_certificate_is_used_within_its_time_only(
    copy: bytes, settings: SealSettings, made: Pki
) -> None:
    second = timedelta(seconds=1)
    begin, end = made.begin.replace(microsecond=0), made.end.replace(microsecond=0)
    with pytest.raises(SealFailed, match="abgelaufen"):
        seal(copy, settings, end + second)
    with pytest.raises(SealFailed, match="gilt erst ab"):
        seal(copy, settings, begin - second)
    assert seal(copy, settings, begin)
    assert seal(copy, settings, end)


def test_a_certificate_for_another_use_is_refused(copy: bytes, tmp_path: Path) -> None:
    with pytest.raises(SealFailed, match="nicht zum Unterzeichnen"):
        seal(copy, key_file(tmp_path, pki(NOW, signs=False)), NOW)


@pytest.mark.parametrize(
    "spoil", ["error", "redirect", "other nonce", "refusal", "rubbish", "flood"]
)
def test_a_bad_answer_of_the_time_stamp_server_seals_nothing(
    spoil: str, copy: bytes, settings: SealSettings, server: StampServer
) -> None:
    server.spoil = spoil
    with pytest.raises(SealFailed, match="keinen gültigen Zeitstempel"):
        seal(copy, replace(settings, time_stamps=server.address), NOW)
    assert server.asked == 1


def test_a_time_stamp_of_something_else_seals_nothing(
    copy: bytes, settings: SealSettings, server: StampServer
) -> None:
    server.spoil = "other digest"
    with pytest.raises(SealFailed):
        seal(copy, replace(settings, time_stamps=server.address), NOW)


def test_a_silent_time_stamp_server_is_told(
    copy: bytes, settings: SealSettings, server: StampServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.spoil = "silence"
    with pytest.raises(SealFailed, match="antwortet nicht"):
        seal(copy, replace(settings, time_stamps=server.address), NOW)
    monkeypatch.setattr(stamps, "_PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"http://127.0.0.1:{mute.getsockname()[1]}/"
        with pytest.raises(SealFailed, match="antwortet nicht"):
            seal(copy, replace(settings, time_stamps=address), NOW)


def test_a_check_tells_whose_seal_it_is_and_until_when(
    settings: SealSettings, server: StampServer, made: Pki
) -> None:
    sample, found = check(
        print_sample(NOW.date()), replace(settings, time_stamps=server.address), NOW
    )
    assert TOWN in found.subject
    assert "Wurzel der Tests" in found.issuer
    assert found.valid_until == made.end.replace(microsecond=0)
    assert found.stamped_at is not None
    assert abs(found.stamped_at - datetime.now(UTC)) < timedelta(minutes=5)
    assert TSA in found.stamped_by
    assert judged(sample, made).bottom_line


def test_several_threads_seal_at_once(copy: bytes, settings: SealSettings, made: Pki) -> None:
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(seal(copy, settings, NOW))) for _ in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 4
    assert all(judged(one, made).bottom_line for one in found)
