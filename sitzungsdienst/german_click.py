"""Click's commands with German help and errors; the library itself speaks English only."""

import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

METAVARS: dict[type[Any], str] = {
    click.Path: "ORDNER",
    click.IntRange: "ZAHL",
    click.types.StringParamType: "ANGABE",
}


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
        with formatter.section("Optionen"):
            formatter.write_dl(_records(ctx))
        if isinstance(command, click.Group):
            with formatter.section("Befehle"):
                formatter.write_dl(
                    [
                        (name, one.get_short_help_str(limit=100))
                        for name, one in command.commands.items()
                    ]
                )


def _records(ctx: click.Context) -> list[tuple[str, str]]:
    """Each option as called and explained."""
    found = []
    for one in ctx.command.get_params(ctx):
        if one.metavar is None and not getattr(one, "is_flag", False):
            one.metavar = METAVARS.get(type(one.type))
        record = one.get_help_record(ctx)
        if record:
            found.append((record[0], record[1].replace("required]", "nötig]")))
    return found


def _sentence(error: click.ClickException) -> str:
    """What went wrong, in German."""
    if isinstance(error, click.BadParameter):
        return _about_parameter(error)
    if isinstance(error, click.NoSuchOption):
        return f"Die Option {error.option_name} gibt es nicht."
    if isinstance(error, click.BadOptionUsage):
        return f"Zur Option {error.option_name} fehlt die Angabe, oder sie ist zu viel."
    if type(error) is click.UsageError:
        return "Diese Angaben passen nicht zum Befehl."
    return error.message


def _about_parameter(error: click.BadParameter) -> str:
    param, ctx = error.param, error.ctx
    name = param.get_error_hint(ctx) if param and ctx else "Die Angabe"
    if isinstance(error, click.MissingParameter):
        return f"{name} fehlt."
    if param and isinstance(param.type, click.Choice):
        return f"{name}: Möglich sind {', '.join(map(str, param.type.choices))}."
    return f"{name}: Diese Angabe passt nicht."


def _tell(error: click.ClickException) -> NoReturn:
    """Write the error with how to call the command, and end with its status."""
    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        click.echo(ctx.get_usage(), err=True)
        click.echo(f"Hilfe: {ctx.command_path} --help", err=True)
    click.echo(f"Fehler: {_sentence(error)}", err=True)
    sys.exit(error.exit_code)


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

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command; errors and interruptions are told in German."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            done = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            _tell(error)
        except click.Abort:
            click.echo("Abgebrochen.", err=True)
            sys.exit(1)
        sys.exit(done if isinstance(done, int) else 0)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; one that is not there is named."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            click.echo(ctx.get_usage(), err=True)
            click.echo(
                f"Fehler: Den Befehl »{args[0]}« gibt es nicht. Möglich sind:"
                f" {', '.join(self.commands)}.",
                err=True,
            )
            ctx.exit(2)
        return super().resolve_command(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """Return the option that shows the help page."""
        del ctx
        return _help_option()
