"""Every command explains itself in German."""

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from sitzungsdienst.cli import main

ENGLISH = re.compile(
    r"\b(Usage|Options|Commands?|Arguments?|Show|Error|required|default|Try|for help|this message"
    r"|and exit|Missing|Invalid|No such|INTEGER|TEXT|DIRECTORY|RANGE|env var)\b"
)


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group, by how it is called."""
    yield path
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from commands(one, (*path, name))


ALL = list(commands(main))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_is_german(path: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*path, "--help"])
    assert done.exit_code == 0
    assert done.output.startswith("Aufruf: ")
    assert "Optionen" in done.output
    assert ENGLISH.findall(done.output) == []


def test_the_walk_finds_the_commands() -> None:
    promised = {"serve", "demo", "verify", "db upgrade", "db public-role", "user add", "law show"}
    promised |= {"seal check"}
    assert promised <= {" ".join(path) for path in ALL}


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_option_says_what_it_is_for(path: tuple[str, ...]) -> None:
    command: click.Command = main
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name


@pytest.mark.parametrize(
    "arguments",
    [
        ["gibtsnicht"],
        ["user", "add"],
        ["user", "add", "a@b.example"],
        ["serve", "--port", "0"],
        ["serve", "--port", "viel"],
        ["serve", "--app", "beides"],
        ["serve", "--gibtsnicht"],
        ["verify", "--database"],
        ["db", "upgrade", "zuviel"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_explained_in_german(arguments: list[str]) -> None:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert ENGLISH.findall(done.output) == []
    assert "Fehler: " in done.output
