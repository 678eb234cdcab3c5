"""The two roles: an owner that migrates, and an application role that can bypass nothing."""

from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from marke.errors import InputError
from marke.web.database.embedded import DATABASE, SUPERUSER, Cluster

OWNER = "marke_owner"
APPLICATION = "marke_app"
LEAST_VERSION = 150000


def prepare_roles(cluster: Cluster, database: str = DATABASE) -> tuple[str, str]:
    """Make both roles and the database in an embedded cluster; return the owner's and application's URLs."""
    secrets = cluster.secrets
    with psycopg.connect(cluster.url(SUPERUSER, secrets.superuser, "postgres"), autocommit=True) as base:
        for role, word in ((OWNER, secrets.owner), (APPLICATION, secrets.application)):
            known = base.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            verb = sql.SQL("ALTER" if known else "CREATE")
            base.execute(
                sql.SQL(
                    "{} ROLE {} LOGIN PASSWORD {} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB"
                ).format(verb, sql.Identifier(role), sql.Literal(word))
            )
        if not base.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            base.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(OWNER))
            )
        base.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))
        base.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(database), sql.Identifier(APPLICATION)
            )
        )
    return (
        cluster.url(OWNER, secrets.owner, database),
        cluster.url(APPLICATION, secrets.application, database),
    )


def role_of(url: str) -> str:
    """Return the name of the role in an address."""
    try:
        name = psycopg.conninfo.conninfo_to_dict(url).get("user")
    except psycopg.ProgrammingError:
        name = None
    if not name:
        raise InputError(
            "Dit adres noemt geen gebruiker van de database.",
            where="MARKE_DATABASE_URL",
            mend="Schrijf bijvoorbeeld postgresql://marke_app:WACHTWOORD@localhost:5432/marke",
        )
    return str(name)


def check_application_role(url: str) -> None:
    """Refuse a server that is too old, or a role for which row-level security would not hold.

    Raises InputError with a sentence; the password never appears in it.
    """
    where = f"MARKE_DATABASE_URL ({urlsplit(url).hostname or 'socket'})"
    try:
        connection = psycopg.connect(url, connect_timeout=10)
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        told = str(error).splitlines()[0] if str(error) else "geen antwoord"
        raise InputError(
            f"De database antwoordt niet: {told}", where=where, mend="Controleer adres en wachtwoord."
        ) from error
    with connection:
        if connection.info.server_version < LEAST_VERSION:
            version = connection.info.server_version // 10000
            raise InputError(f"Dit is PostgreSQL {version}; marke vraagt 15 of nieuwer.", where=where)
        found = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolname,"
            " EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid AND relkind IN ('r', 'p', 'v', 'm')),"
            " EXISTS (SELECT 1 FROM pg_roles o WHERE (o.rolsuper OR o.rolbypassrls)"
            "         AND pg_has_role(r.oid, o.oid, 'MEMBER'))"
            " FROM pg_roles r WHERE rolname = current_user"
        ).fetchone()
    assert found is not None  # noqa: S101  # a session has a role
    superuser, bypasses, name, owns, inherits = found
    reasons = {
        "is een beheerder (superuser)": superuser,
        "mag om de afscherming per gemeente heen (BYPASSRLS)": bypasses,
        "is eigenaar van tabellen": owns,
        "kan een rol aannemen die om de afscherming heen mag": inherits,
    }
    for reason, holds in reasons.items():
        if holds:
            raise InputError(
                f"De gebruiker {name} {reason}; daarmee zou een gemeente die van een andere kunnen zien.",
                where=where,
                mend="Gebruik voor MARKE_DATABASE_URL een gewone gebruiker, en voor MARKE_DATABASE_OWNER_URL "
                "de eigenaar van de tabellen.",
            )


def grant(owner_url: str, application: str) -> None:
    """Let the application role use the tables; what it may see in them is for the policies to say."""
    role = sql.Identifier(application)
    with psycopg.connect(owner_url) as connection:
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}",
        ):
            connection.execute(sql.SQL(statement).format(role))
