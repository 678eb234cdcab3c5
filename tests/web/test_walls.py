"""Every tenant table with rows of two municipalities: what one tries, and a wall with a hole."""

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from story import Story, decide, fill, invited, make_story, proposed
from test_isolation import unwalled

from marke import web
from marke.web.accounts.models import User
from marke.web.config.prepared import Addresses
from marke.web.intake.models import OwnWorth
from marke.web.providers.models import Provider
from marke.web.runs.models import BinderFile
from marke.web.runs.services import ask_documents, start_own
from marke.web.runs.store import keep_file
from marke.web.table.models import RedLine, SavedSituation
from marke.web.tenancy.access import Place
from marke.web.tenancy.classes import OF_ORGANISATIONS, TABLES, TableClass
from marke.web.tenancy.context import Context, change, opened
from marke.web.tenancy.models import Organisation, Role
from marke.web.tenancy.policies import READABLE

Connection = psycopg.Connection[tuple[Any, ...]]
TENANT = sorted(OF_ORGANISATIONS)
PERSONAL = sorted(name for name, kind in TABLES.items() if kind is TableClass.PERSONAL)
WALLED = sorted(name for name, kind in TABLES.items() if kind is not TableClass.SYSTEM)
PUBLISHED = (
    "intake_released",
    "intake_delivery",
    "providers_provider",
    "decisions_takenstep",
    "decisions_councildays",
)
"""Read by the whole region, written by the municipality that a row is about."""


@pytest.fixture
def story(clean: Addresses) -> Story:
    """Two municipalities with a row in every tenant table."""
    found = make_story()
    number = proposed(found)
    for name in ("borne", "haaksbergen"):
        invited(found, name)
        invited(found, name, Role.CONTROLLER, by=f"contact-{name}")
        contact = found.browser(f"contact-{name}")
        base = f"/regio/proefregio/gemeente/{name}"
        contact.post(f"{base}/mensen/", {"email": "open@voorbeeld.nl", "role": "reader"})
        fill(found, f"contact-{name}", "soc", soc__realised="120000", soc__staff="1,5")
        page = f"{base}/nulmeting/onderdeel/soc/ondertekenen/"
        found.browser(f"controller-{name}").post(page, {"act": "controller"})
        contact.post(page, {"act": "release", "figure": "soc.realised"})
        with opened(inside_of(found, name)):
            own = Organisation.objects.get(slug=name)
            OwnWorth.objects.create(organisation=own, region=found.region, ranking=[])
            contact_place = Place(User.objects.get(name=f"contact-{name}"), found.region, frozenset(), own)
            run = start_own(place=contact_place)
            keep_file(run, "findings.json", b"{}")
            binder = ask_documents(place=contact_place, run=run, kinds=["vragen"])
            BinderFile.objects.create(
                binder=binder, organisation=own, region=found.region, name="a.pdf", members=True
            )
            Provider.objects.create(organisation=own, region=found.region, made_by=found.administrator)
            row = {"organisation": own, "region": found.region, "user": contact_place.user}
            SavedSituation.objects.create(name="samen", query="dienst=soc", **row)
            change(replace(inside_of_own(found, own), user=contact_place.user.pk))
            RedLine.objects.create(service="soc", most=40_000, **row)
        decide(found, name, number, "preparation")
        contact.post(
            f"{base}/besluiten/dagen/", {"moment": "recess", "first": "2027-07-10", "last": "2027-08-20"}
        )
        contact.post(f"{base}/besluiten/agenda/")
        book = contact.get(f"{base}/nulmeting/werkmap/").content
        contact.post(f"{base}/nulmeting/werkmap/inlezen/", {"file": SimpleUploadedFile("a.xlsx", book)})
    return found


@pytest.fixture
def owner(clean: Addresses) -> Iterator[Connection]:
    with psycopg.connect(clean.owner) as connection:
        yield connection


def inside_of(story: Story, name: str) -> Context:
    """The context of one municipality, for the rows that a job writes."""
    with opened(Context(regions=[story.region.pk])):
        own = Organisation.objects.get(slug=name)
    return inside_of_own(story, own)


def inside_of_own(story: Story, own: Organisation) -> Context:
    return Context(regions=[story.region.pk], readable=[own.pk], writable=own.pk)


def undeclared(owner: Connection) -> set[tuple[str, str]]:
    """Policies that the migrations make and the database lacks, or the other way round."""
    declared = set()
    for app in ("tenancy", "studies", "intake", "providers", "runs", "decisions", "table"):
        for path in sorted((Path(web.__file__).parent / app / "migrations").glob("0*.py")):
            module = import_module(f"marke.web.{app}.migrations.{path.stem}")
            for operation in module.Migration.operations:
                declared |= set(
                    re.findall(r"CREATE POLICY (\w+) ON (\w+)", str(getattr(operation, "sql", "")))
                )
    there = set(owner.execute("SELECT tablename, policyname FROM pg_policies").fetchall())
    return {(table, name) for name, table in declared} ^ there


def organisation(owner: Connection, name: str) -> str:
    owner.execute("ALTER TABLE tenancy_organisation NO FORCE ROW LEVEL SECURITY")
    row = owner.execute("SELECT id::text FROM tenancy_organisation WHERE slug = %s", [name]).fetchone()
    owner.execute("ALTER TABLE tenancy_organisation FORCE ROW LEVEL SECURITY")
    owner.commit()
    assert row
    return str(row[0])


def counted(owner: Connection, table: str, tenant: str) -> int:
    owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    row = owner.execute(f"SELECT count(*) FROM {table} WHERE organisation_id = %s", [tenant]).fetchone()
    owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    owner.commit()
    assert row
    return int(row[0])


def inside(url: str, mine: str, region: str, who: str = "contact-borne") -> Connection:
    """A connection of the application, in a transaction with the context of a person in one municipality."""
    connection = psycopg.connect(url)
    row = connection.execute("SELECT id::text FROM accounts_user WHERE name = %s", [who]).fetchone()
    assert row
    context = {
        "marke.user": row[0], "marke.regions": region, "marke.readable": mine, "marke.writable": mine,
    }  # fmt: skip
    for name, value in context.items():
        connection.execute("SELECT set_config(%s, %s, true)", [name, value])
    return connection


def moved_row(table: str, columns: list[str]) -> str:
    """SQL that copies a row of one's own to another organisation."""
    values = ["%(theirs)s" if c == "organisation_id" else c for c in columns if c != "id"]
    names = [c for c in columns if c != "id"]
    if table not in ("intake_answerchange", "tenancy_event"):
        names, values = ["id", *names], ["gen_random_uuid()", *values]
    return (
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table}"
        " WHERE organisation_id = %(mine)s LIMIT 1"
    )


def crossings(url: str, owner: Connection, story: Story, tables: list[str]) -> set[str]:
    """Everything that one municipality can do with another's rows."""
    mine, theirs = organisation(owner, "borne"), organisation(owner, "haaksbergen")
    region, found = str(story.region.pk), set()
    for table in tables:
        columns = [
            name
            for (name,) in owner.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
            )
        ]
        both = {"mine": mine, "theirs": theirs}
        attempts = {
            "change": f"UPDATE {table} SET region_id = region_id WHERE organisation_id = %(theirs)s",
            "remove": f"DELETE FROM {table} WHERE organisation_id = %(theirs)s",
            "move away": f"UPDATE {table} SET organisation_id = %(theirs)s WHERE organisation_id = %(mine)s",
            "add": moved_row(table, columns),
        }
        if table not in PUBLISHED:
            attempts["read"] = f"SELECT 1 FROM {table} WHERE organisation_id = %(theirs)s"
        for name, statement in attempts.items():
            with inside(url, mine, region) as connection:
                try:
                    if connection.execute(statement, both).rowcount > 0:
                        found.add(f"{name} {table}")
                except psycopg.Error:
                    pass
                connection.rollback()
    return found


def test_the_story_has_rows_of_both_in_every_tenant_table(story: Story, owner: Connection) -> None:
    for table in [*TENANT, *PUBLISHED]:
        for name in ("borne", "haaksbergen"):
            assert counted(owner, table, organisation(owner, name)) > 0, (table, name)


def test_nobody_touches_the_rows_of_another(clean: Addresses, story: Story, owner: Connection) -> None:
    assert crossings(clean.application, owner, story, [*TENANT, *PUBLISHED]) == set()


def test_the_policies_are_those_of_the_migrations(owner: Connection) -> None:
    assert undeclared(owner) == set()


@pytest.mark.parametrize("table", WALLED)
def test_a_wall_with_a_hole_turns_the_suite_red(
    clean: Addresses, story: Story, owner: Connection, table: str
) -> None:
    """The mutation: each policy of a table in turn lets everything through; the catalogue guard must see it.

    For tables with rows of municipalities the attempts must succeed as well: they are able to fail.
    """
    policies = owner.execute(
        "SELECT policyname, cmd FROM pg_policies WHERE tablename = %s",
        [table],
    ).fetchall()
    owner.commit()
    assert policies
    for name, command in policies:
        with owner.transaction(force_rollback=True):
            owner.execute(f"DROP POLICY {name} ON {table}")
            assert (table, name) in undeclared(owner)
            rule = {"SELECT": "USING (true)", "INSERT": "WITH CHECK (true)"}.get(
                command, "USING (true) WITH CHECK (true)"
            )
            owner.execute(f"CREATE POLICY {name} ON {table} FOR {command} {rule}")
            assert table in unwalled(owner), name
    with owner.transaction(force_rollback=True):
        owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        assert table in unwalled(owner)
    if table not in [*TENANT, *PUBLISHED]:
        return
    owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    owner.commit()
    try:
        assert crossings(clean.application, owner, story, [table]) != set()
    finally:
        owner.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        owner.commit()


def colleagues_acts(clean: Addresses, owner: Connection, story: Story, table: str) -> set[str]:
    """Everything that a colleague of the same municipality can do with the rows of one person."""
    mine, region = organisation(owner, "borne"), str(story.region.pk)
    attempts = {
        "read": f"SELECT 1 FROM {table}",
        "change": f"UPDATE {table} SET region_id = region_id",
        "remove": f"DELETE FROM {table}",
    }
    found = set()
    for name, statement in attempts.items():
        for who in ("controller-borne", "Beheer Proefregio"):
            with inside(clean.application, mine, region, who) as connection:
                if connection.execute(statement).rowcount > 0:
                    found.add(name)
                connection.rollback()
    with inside(clean.application, mine, region) as connection:
        theirs = f"UPDATE {table} SET user_id = u.id FROM accounts_user u WHERE u.name = 'controller-borne'"
        try:
            if connection.execute(theirs).rowcount > 0:
                found.add("put in another's name")
        except psycopg.Error:
            pass
        connection.rollback()
    return found


@pytest.mark.parametrize("table", PERSONAL)
def test_colleagues_and_the_office_see_nothing_of_what_is_one_persons(
    clean: Addresses, story: Story, owner: Connection, table: str
) -> None:
    """In the database, whatever a page asks; with a policy on the organisation alone this is red."""
    mine, region = organisation(owner, "borne"), str(story.region.pk)
    with inside(clean.application, mine, region) as connection:
        assert connection.execute(f"SELECT 1 FROM {table}").rowcount > 0
        connection.rollback()
    assert colleagues_acts(clean, owner, story, table) == set()
    rules = owner.execute(
        "SELECT policyname, cmd, qual, with_check FROM pg_policies WHERE tablename = %s", [table]
    ).fetchall()
    owner.commit()

    def put(*, open_to_all: bool) -> None:
        for name, command, reads, checks in rules:
            owner.execute(f"DROP POLICY {name} ON {table}")
            using, check = (READABLE, READABLE) if open_to_all else (reads, checks)
            written = f" WITH CHECK ({check})" if checks else ""
            owner.execute(f"CREATE POLICY {name} ON {table} FOR {command} USING ({using}){written}")
        owner.commit()

    put(open_to_all=True)
    try:
        acts = {"read", "change", "remove", "put in another's name"}
        assert colleagues_acts(clean, owner, story, table) == acts
    finally:
        put(open_to_all=False)


def test_only_what_is_releasable_can_be_released(clean: Addresses, story: Story, owner: Connection) -> None:
    """The classes stand in the database: whatever the application tries, a confidential answer stays."""
    mine, region = organisation(owner, "borne"), str(story.region.pk)
    row = owner.execute("SELECT id FROM accounts_user WHERE name = 'contact-borne'").fetchone()
    assert row
    insert = (
        "INSERT INTO intake_released (id, region_id, organisation_id, question, value, visibility,"
        " released_by_id, released_at) VALUES (%s, %s, %s, %s, '1', %s, %s, now())"
    )
    for question, visibility, told in (
        ("soc.staff", "releasable", "intake_released_answer"),
        ("soc.staff", "confidential", "released_is_releasable"),
        ("soc.budgeted_1", "releasable", "intake_released_answer"),
    ):
        with inside(clean.application, mine, region) as connection:
            with pytest.raises(psycopg.IntegrityError, match=told):
                connection.execute(insert, [uuid4(), region, mine, question, visibility, row[0]])
            connection.rollback()


def test_the_log_and_the_trail_cannot_be_rewritten(clean: Addresses, story: Story, owner: Connection) -> None:
    mine, region = organisation(owner, "borne"), str(story.region.pk)
    for table in ("tenancy_event", "intake_answerchange", "intake_signature"):
        with inside(clean.application, mine, region) as connection:
            assert connection.execute(f"UPDATE {table} SET region_id = region_id").rowcount == 0
            assert connection.execute(f"DELETE FROM {table}").rowcount == 0
            seen = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert seen
            assert seen[0] > 0
