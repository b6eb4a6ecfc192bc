"""The command line: serve, demo, db, user, law, files, verify, seal, compare; in plain German."""

import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.types import WSGIApplication

import click
import waitress
from sqlalchemy import select
from sqlalchemy.orm import Session

from sitzungsdienst import app as webs
from sitzungsdienst import schema
from sitzungsdienst.acts.accounts import AddUser, add_user
from sitzungsdienst.acts.actor import Actor
from sitzungsdienst.acts.bodies import BodyData, add_body
from sitzungsdienst.acts.errors import RuleBroken
from sitzungsdienst.acts.law_text import law_as_data, law_as_text
from sitzungsdienst.acts.lawbook import effective_on
from sitzungsdienst.acts.passwords import Passwords, check_rules
from sitzungsdienst.cli_compare import compare
from sitzungsdienst.cli_database import address_of, database_option, engine_at
from sitzungsdienst.cli_files import files
from sitzungsdienst.cli_seal import seal
from sitzungsdienst.config import BadSettings, Settings, load
from sitzungsdienst.database import create_public_role
from sitzungsdienst.demo import build as demo_build
from sitzungsdienst.demo.serving import demo_environment, make_demo
from sitzungsdienst.german import local_day
from sitzungsdienst.german_click import GermanGroup
from sitzungsdienst.law.rules import NoRulesAt, UnknownLand
from sitzungsdienst.publication.verify import verify as verify_ledger
from sitzungsdienst.record.accounts import UserRole
from sitzungsdienst.record.bodies import Body

THREADS = 8
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
ROLES = {"sitzungsdienst": UserRole.CLERK, "administration": UserRole.ADMINISTRATOR}

host_option = click.option(
    "--host", envvar="HOST", default="127.0.0.1", help="Adresse, auf der gelauscht wird."
)
port_option = click.option(
    "--port", envvar="PORT", default=8000, type=click.IntRange(1, 65535), help="Port."
)


@click.group(cls=GermanGroup, help="Sitzungsdienst: Gremien, Sitzungen, Vorlagen, Niederschriften.")
@click.option(
    "--instance",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("instance"),
    envvar="SITZUNGSDIENST_INSTANCE",
    help="Ordner mit den Daten dieser Installation.",
)
@click.pass_context
def main(ctx: click.Context, instance: Path) -> None:
    """Remember where the installation lies."""
    ctx.obj = instance


main.add_command(seal)
main.add_command(compare)
main.add_command(files)


@main.command(help="Die Anwendung mit einem Produktionsserver starten.")
@database_option
@host_option
@port_option
@click.option(
    "--app",
    "which",
    type=click.Choice(["alles", "buero", "oeffentlich"]),
    default="alles",
    help="Beide Anwendungen hinter einer Tür, oder nur eine.",
)
@click.option(
    "--behind-proxy",
    is_flag=True,
    help="Hinter einem Proxy auf dieser Maschine, der X-Forwarded-For und -Proto setzt.",
)
@click.pass_obj
def serve(
    instance: Path, database_url: str | None, host: str, port: int, which: str, behind_proxy: bool
) -> None:
    """Serve with waitress, after checking that the database has the right shape."""
    settings = _settings(instance, database_url)
    if which != "oeffentlich":
        _demand_current(settings)
    if which != "oeffentlich" and urlsplit(settings.public_url).hostname in LOOPBACK:
        click.echo(
            f"Hinweis: Was veröffentlicht wird, trägt am Fuß die Adresse {settings.public_url}."
            " Tragen Sie vorher die Ihrer Bürgerinformation als SITZUNGSDIENST_PUBLIC_URL ein.",
            err=True,
        )
    click.echo(f"Sitzungsdienst läuft auf http://{host}:{port}")
    _serve(settings, host, port, which, behind_proxy=behind_proxy)


def _serve(settings: Settings, host: str, port: int, which: str, *, behind_proxy: bool) -> None:
    makers: dict[str, Callable[[Settings], WSGIApplication]] = {
        "alles": webs.create_door,
        "buero": webs.create_office_door,
        "oeffentlich": webs.create_public,
    }
    proxy = (
        {
            "trusted_proxy": "127.0.0.1",
            "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto",
            "clear_untrusted_proxy_headers": True,
        }
        if behind_proxy
        else {}
    )
    try:
        waitress.serve(
            makers[which](settings), host=host, port=port, threads=THREADS, ident=None, **proxy
        )
    except OSError as error:
        raise click.ClickException(
            f"Auf {host}:{port} kann nicht gelauscht werden ({error.strerror}). Läuft dort schon"
            " etwas? Mit PORT=8001 oder --port wählen Sie einen anderen Port."
        ) from error


@main.command(help="Eine Demo mit eigener Datenbank unter instance/demo anlegen und starten.")
@host_option
@port_option
@click.option("--fresh", is_flag=True, help="Die Demodaten neu anlegen.")
@click.option("--build-only", is_flag=True, help="Nur anlegen, nicht starten.")
@click.pass_obj
def demo(instance: Path, host: str, port: int, fresh: bool, build_only: bool) -> None:
    """Build the demo where there is none yet, tell the sign-ins, serve."""
    folder = instance / "demo"
    settings = _load(folder, demo_environment(folder, host, port))
    with click.progressbar(
        length=demo_build.STEPS, label="Demodaten", file=sys.stderr, show_eta=False
    ) as bar:
        now, url = datetime.now(UTC), settings.public_url
        for _ in make_demo(folder, Passwords().hash, now, url, fresh=fresh):
            bar.update(1)
        bar.update(demo_build.STEPS)
    click.echo(f"Adresse: {settings.public_url}/ (Büro: {settings.public_url}{webs.OFFICE_MOUNT}/)")
    for user in demo_build.USERS:
        click.echo(f"Anmeldung: {user.email} {user.password} ({user.label})")
    sys.stdout.flush()
    if not build_only:
        _serve(settings, host, port, "alles", behind_proxy=False)


@main.group(cls=GermanGroup, help="Die Datenbank einrichten und aktualisieren.")
def db() -> None:
    """Hold the database commands."""


@db.command("upgrade", help="Die Datenbank auf den Stand dieser Version bringen.")
@database_option
@click.pass_obj
def db_upgrade(instance: Path, database_url: str | None) -> None:
    """Bring the database forward; safe to repeat."""
    with engine_at(address_of(instance, database_url)) as engine:
        schema.upgrade(engine)
    click.echo("Die Datenbank ist auf dem neuesten Stand.")


@db.command("public-role", help="Die PostgreSQL-Rolle der öffentlichen Anwendung anlegen.")
@database_option
@click.option("--role", default="sitzungsdienst_public", help="Name der Rolle.")
@click.option("--password", envvar="SITZUNGSDIENST_PUBLIC_PASSWORD", help="Kennwort der Rolle.")
@click.pass_obj
def db_public_role(
    instance: Path, database_url: str | None, role: str, password: str | None
) -> None:
    """Create the role that reads the public tables and nothing else; tell a made-up password."""
    chosen = password or secrets.token_urlsafe(24)
    with engine_at(address_of(instance, database_url)) as engine, engine.begin() as connection:
        try:
            create_public_role(connection, role, chosen)
        except ValueError as error:
            raise click.ClickException(
                "Rollen gibt es nur auf PostgreSQL. Auf SQLite liest die öffentliche Anwendung"
                " ohne weiteres Zutun nur die öffentlichen Tabellen."
            ) from error
    click.echo(f"Die Rolle {role} darf nur die öffentlichen Tabellen lesen.")
    if password is None:
        click.echo(f"Kennwort: {chosen}")
    click.echo("Tragen Sie ihre Adresse als SITZUNGSDIENST_PUBLIC_DATABASE ein.")


@main.group(cls=GermanGroup, help="Benutzerkonten anlegen.")
def user() -> None:
    """Hold the account commands."""


@user.command("add", help="Ein Benutzerkonto anlegen; das erste ist meist die Administration.")
@click.argument("email", metavar="E-MAIL")
@click.option("--name", required=True, help="Vor- und Nachname.")
@click.option(
    "--role", type=click.Choice(list(ROLES)), default="administration", help="Wofür das Konto ist."
)
@click.option("--body", "body_name", help="Name der Körperschaft (für den Sitzungsdienst).")
@click.option("--land", default="ST", help="Land der Körperschaft, falls sie neu angelegt wird.")
@click.option(
    "--password", envvar="SITZUNGSDIENST_PASSWORD", help="Kennwort; sonst wird danach gefragt."
)
@database_option
@click.pass_obj
def user_add(
    instance: Path,
    email: str,
    name: str,
    role: str,
    body_name: str | None,
    land: str,
    password: str | None,
    database_url: str | None,
) -> None:
    """Add an account from the command line; a clerk's Body is added where it is missing."""
    if role == "sitzungsdienst" and not body_name:
        raise click.ClickException("Bitte nennen Sie mit --body die Körperschaft.")
    chosen = password or click.prompt(
        "Kennwort", hide_input=True, confirmation_prompt="Wiederholen"
    )
    now = datetime.now(UTC)
    system = Actor.system(None)
    with _session(address_of(instance, database_url)) as session:
        try:
            check_rules(chosen, email=email)
            body_id = _body(session, body_name or "", land, now) if body_name else None
            command = AddUser(
                email=email,
                name=name,
                role=ROLES[role],
                body_id=body_id if role == "sitzungsdienst" else None,
                person_id=None,
                password_hash=Passwords().hash(chosen),
            )
            add_user(session, system, command, now)
        except RuleBroken as error:
            raise click.ClickException(error.sentence) from error
    click.echo(f"Das Konto {email} ist angelegt.")


def _body(session: Session, name: str, land: str, now: datetime) -> int:
    found = session.scalar(select(Body.id).where(Body.name == name))
    if found is not None:
        return found
    return add_body(session, Actor.system(None), BodyData(name=name, land=land), now)


@main.group(cls=GermanGroup, help="Nachsehen, welche Regeln gelten.")
def law() -> None:
    """Hold the commands of law."""


@law.command("show", help="Die geltenden Regeln einer Körperschaft mit ihren Quellen zeigen.")
@click.option(
    "--body",
    "wanted",
    metavar="NAME",
    required=True,
    help="Name, Kurzname, Gemeindeschlüssel oder Nummer der Körperschaft.",
)
@click.option("--date", "typed", metavar="TAG", help="Tag der Sitzung wie 2026-11-23; sonst heute.")
@click.option(
    "--format",
    "written",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Zum Lesen, oder für Programme.",
)
@database_option
@click.pass_obj
def law_show(
    instance: Path, wanted: str, typed: str | None, written: str, database_url: str | None
) -> None:
    """Tell the rules of a Body on a day, its own ones laid over those of its Land."""
    day = local_day(datetime.now(UTC)) if typed is None else _day(typed)
    with _session(address_of(instance, database_url)) as session:
        body = _known_body(session, wanted)
        try:
            effective = effective_on(body, day)
        except (NoRulesAt, UnknownLand) as missing:
            raise click.ClickException(str(missing)) from missing
        if written == "json":
            data = law_as_data(body, day, effective)
            click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            click.echo(law_as_text(body, day, effective))


def _day(typed: str) -> date:
    """A day as programs write it, or as people do."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise click.ClickException(
        f"»{typed}« ist kein Tag. Bitte schreiben Sie ihn wie 2026-11-23 oder 23.11.2026."
    )


def _known_body(session: Session, wanted: str) -> Body:
    """The Body of that name, short name, key or number; one that is not there ends the command."""
    bodies = session.scalars(select(Body).order_by(Body.name, Body.id)).all()
    sought = wanted.strip().casefold()
    for names in (
        lambda one: one.name.casefold(),
        lambda one: one.short_name.casefold(),
        lambda one: one.ags,
        lambda one: str(one.id),
    ):
        found = [one for one in bodies if sought and names(one) == sought]
        if len(found) == 1:
            return found[0]
    there = "".join(
        f"\n  {one.id}  {one.name}{f' ({one.ags})' if one.ags else ''}" for one in bodies
    )
    raise click.ClickException(
        f"Die Körperschaft »{wanted}« gibt es hier nicht."
        + (f" Eingetragen sind:{there}" if there else " Es ist noch keine eingetragen.")
    )


@main.command(help="Das Veröffentlichungsjournal nachrechnen und Brüche der Kette nennen.")
@database_option
@click.pass_obj
def verify(instance: Path, database_url: str | None) -> None:
    """Re-compute the ledger; exit status 1 where it is broken."""
    with (
        engine_at(address_of(instance, database_url)) as engine,
        engine.connect() as connection,
    ):
        verdict = verify_ledger(connection)
    click.echo(verdict.message)
    if not verdict.intact:
        raise SystemExit(1)


def _settings(instance: Path, database_url: str | None) -> Settings:
    environ = dict(os.environ)
    if database_url:
        with engine_at(database_url):  # refuses an address that is none
            environ["SITZUNGSDIENST_DATABASE"] = database_url
    return _load(instance, environ)


def _load(instance: Path, environ: dict[str, str]) -> Settings:
    try:
        return load(instance, environ)
    except BadSettings as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _session(url: str) -> Iterator[Session]:
    with engine_at(url) as engine, Session(engine) as session:
        yield session


def _demand_current(settings: Settings) -> None:
    with engine_at(settings.database_url) as engine, engine.connect() as connection:
        if not schema.is_current(connection):
            raise click.ClickException(
                "Die Datenbank ist noch nicht auf dem Stand dieser Version. Sichern Sie sie und"
                " führen Sie »sitzungsdienst db upgrade« aus."
            )
