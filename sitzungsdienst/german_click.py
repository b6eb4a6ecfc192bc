"""Click's commands with German headings; the library itself speaks English only."""

from typing import Any

import click


class _German:
    """Usage, options and help text in German, for commands and groups alike."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how to call the command."""
        command = ctx.command
        formatter.write_usage(
            ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix="Aufruf: "
        )

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and for a group its commands."""
        command = ctx.command
        records = [one.get_help_record(ctx) for one in command.get_params(ctx)]
        with formatter.section("Optionen"):
            formatter.write_dl([one for one in records if one])
        if isinstance(command, click.Group):
            with formatter.section("Befehle"):
                formatter.write_dl(
                    [
                        (name, one.get_short_help_str(limit=100))
                        for name, one in command.commands.items()
                    ]
                )


def _help_option() -> click.Option:
    def show(ctx: click.Context, option: click.Parameter, value: bool) -> None:
        del option
        if value:
            click.echo(ctx.get_help())
            ctx.exit()

    return click.Option(
        ["--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        help="Diese Hilfe zeigen.",
        callback=show,
    )


class GermanCommand(_German, click.Command):
    """A command with a German help page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIONEN]")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """Return the option that shows the help page."""
        del ctx
        return _help_option()


class GermanGroup(_German, click.Group):
    """A group of commands with a German help page."""

    command_class = GermanCommand
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "BEFEHL [ANGABEN]…")
        kwargs.setdefault("options_metavar", "[OPTIONEN]")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """Return the option that shows the help page."""
        del ctx
        return _help_option()
