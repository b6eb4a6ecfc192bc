"""Which passwords are taken, and how they are kept."""

import threading
from typing import Literal

import pytest
from argon2 import PasswordHasher

from sitzungsdienst.acts import passwords
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.passwords import Busy, Passwords, check_rules
from tests.support.cast import CHEAP


@pytest.mark.parametrize(
    "password",
    [
        "Dachziegel Rapsfeld Kanne",
        "correct horse battery staple",
        "83920475610293847561",
        "nurkleinbuchstabenohnezahl",
        "äöüß€ 漢字 🌾 Feldrain",
        "x7" * 6 + "qkzv w",
        "k" * 5 + "Wanderdüne" + "b" * 200,
    ],
)
def test_length_is_enough(password: str) -> None:
    assert check_rules(password) == password


@pytest.mark.parametrize("password", ["", "kurz", "elf Zeichen", "x" * 11])
def test_less_than_twelve_characters_are_too_few(password: str) -> None:
    with pytest.raises(RuleBroken, match="mindestens 12 Zeichen") as error:
        check_rules(password, field="new_password")
    assert error.value.field == "new_password"


def test_more_than_256_characters_are_too_many() -> None:
    assert check_rules("Wiesengrund " * 21)
    with pytest.raises(RuleBroken, match="höchstens 256"):
        check_rules("Wiesengrund " * 22)


@pytest.mark.parametrize(
    "password",
    [
        "passwort1234",
        "Passwort2024!",
        "Sitzungsdienst2026",
        "qwertzuiop123",
        "123456789012",
        "aaaaaaaaaaaaaaaa",
        "abcdefghijklmnop",
        "WillkommenImRathaus",
        "sabine.krueger2024",
        "Landkreis-2025!",
    ],
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    with pytest.raises(RuleBroken, match="zu leicht zu erraten"):
        check_rules(password, email="sabine.krueger@landkreis-boerde.example")


def test_a_hash_knows_its_password_and_no_other() -> None:
    keeper = Passwords(CHEAP)
    kept = keeper.hash("Dachziegel Rapsfeld Kanne")
    assert kept.startswith("$argon2id$")
    assert keeper.verify(kept, "Dachziegel Rapsfeld Kanne")
    assert not keeper.verify(kept, "Dachziegel Rapsfeld kanne")


def test_nobody_has_no_password() -> None:
    keeper = Passwords(CHEAP)
    assert not keeper.verify(None, "nobody has this password")
    assert not keeper.verify("no hash at all", "anything")


def test_verifying_for_nobody_costs_as_much_as_for_somebody() -> None:
    verified: list[str] = []

    class Noting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            verified.append(str(hash))
            return super().verify(hash, password)

    keeper = Passwords(Noting(time_cost=1, memory_cost=8, parallelism=1))
    kept = keeper.hash("Dachziegel Rapsfeld Kanne")
    assert not keeper.verify(None, "anything")
    assert not keeper.verify(kept, "anything")
    costs = {line.rsplit("$", 2)[0] for line in verified}
    assert len(verified) == 2
    assert costs == {kept.rsplit("$", 2)[0]}


def test_a_hash_of_other_parameters_is_outdated() -> None:
    keeper = Passwords(CHEAP)
    assert not keeper.outdated(keeper.hash("Dachziegel Rapsfeld Kanne"))
    assert keeper.outdated(PasswordHasher(time_cost=3, memory_cost=64).hash("Dachziegel"))


def test_production_hashes_at_least_as_owasp_asks() -> None:
    kept = Passwords().hash("Dachziegel Rapsfeld Kanne")
    assert "m=65536,t=3,p=4" in kept


def test_only_so_many_passwords_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PATIENCE_SECONDS", 0.01)
    going, gate, running = threading.Semaphore(0), threading.Event(), []

    class Slow(PasswordHasher):
        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            if password == "slow":
                running.append(1)
                going.release()
                gate.wait(5)
            return f"hash {salt}"

    keeper = Passwords(Slow(time_cost=1, memory_cost=8, parallelism=1))
    threads = [threading.Thread(target=keeper.hash, args=("slow",)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert going.acquire(timeout=5)
    with pytest.raises(Busy):
        keeper.hash("slow")
    gate.set()
    for thread in threads:
        thread.join()
    assert len(running) == 2
    assert keeper.hash("fast") == "hash None"
