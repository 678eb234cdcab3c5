"""The wall between organisations, proved as the application role."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.utils import timezone

from marke.web.accounts.models import User
from marke.web.config.prepared import Addresses
from marke.web.tenancy.classes import OF_ORGANISATIONS, TABLES, TableClass
from marke.web.tenancy.context import Context, opened
from marke.web.tenancy.models import Membership, Organisation, Region, Role


@pytest.fixture
def owner(clean: Addresses) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    with psycopg.connect(clean.owner) as connection:
        yield connection


def unwalled(connection: psycopg.Connection[tuple[Any, ...]]) -> set[str]:
    """Tables with rows of organisations that lack forced row-level security or a complete set of policies."""
    shared = {name for name, kind in TABLES.items() if kind is not TableClass.SYSTEM}
    forced = connection.execute(
        "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r'"
    )
    walls = {name for (name,) in forced}
    rules = connection.execute("SELECT tablename, cmd, qual, with_check FROM pg_policies").fetchall()
    read = {table for table, command, qual, _ in rules if command in ("SELECT", "ALL") and qual}
    open_ended = {
        table
        for table, command, qual, check in rules
        if (command in ("ALL", "UPDATE") and not (qual and check)) or (command == "INSERT" and not check)
    }
    loose = {table for table, _, qual, check in rules if "true" in (qual, check)}
    return (shared - walls) | (shared - read) | open_ended | loose


def test_every_table_has_a_class_and_every_shared_one_a_wall(
    owner: psycopg.Connection[tuple[Any, ...]],
) -> None:
    there = {
        name
        for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        if not name.startswith("procrastinate")
    }
    assert there == set(TABLES)
    assert unwalled(owner) == set()


def test_views_are_invoked_with_the_rights_of_who_asks(owner: psycopg.Connection[tuple[Any, ...]]) -> None:
    loose = owner.execute(
        "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE nspname = 'public' AND relkind IN ('v', 'm')"
        " AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false)"
    ).fetchall()
    assert loose == []


def test_keys_inside_tenant_data_name_the_organisation(owner: psycopg.Connection[tuple[Any, ...]]) -> None:
    """A check of a foreign key passes the wall: one to a walled table must hold its tenant as well."""
    walled = OF_ORGANISATIONS | {"tenancy_organisation"}
    rows = owner.execute(
        "SELECT conrelid::regclass::text, confrelid::regclass::text, cardinality(conkey)"
        " FROM pg_constraint WHERE contype = 'f'"
    ).fetchall()
    assert [(source, target) for source, target, width in rows if target in walled and width < 2] == []
    bound = {source for source, target, _ in rows if target in walled}
    assert bound >= OF_ORGANISATIONS


def test_unique_rules_of_tenant_tables_hold_the_tenant(owner: psycopg.Connection[tuple[Any, ...]]) -> None:
    rows = owner.execute(
        "SELECT conrelid::regclass::text, conname, array_agg(attname::text)"
        " FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)"
        " WHERE contype = 'u' GROUP BY 1, 2"
    ).fetchall()
    assert [
        name
        for table, name, columns in rows
        if table in OF_ORGANISATIONS and "organisation_id" not in columns
    ] == []


def two_organisations(clean: Addresses) -> tuple[UUID, UUID, UUID, UUID]:

    user = User.objects.create(email=f"{uuid4()}@voorbeeld.nl", name="Iemand")
    region, first, second = uuid4(), uuid4(), uuid4()
    with opened(Context(regions=[region], region_writable=region)):
        Region.objects.create(id=region, slug=f"regio-{region}", name="Regio", selection="Twente")
        for each in (first, second):
            Organisation.objects.create(id=each, region_id=region, name=str(each), slug=str(each))
    for each in (first, second):
        with opened(Context(regions=[region], readable=[each], writable=each)):
            Membership.objects.create(
                region_id=region, organisation_id=each, user=user, role=Role.CONTACT,
                starts_on=timezone.localdate(),
            )  # fmt: skip
    return region, first, second, user.pk


def crossings(clean: Addresses) -> list[str]:
    """Everything that passes the wall and must not; empty when the wall stands."""

    region, first, second, user = two_organisations(clean)
    found = []
    if Membership.objects.exists() or Organisation.objects.exists():
        found.append("read without context")
    inside = Context(regions=[region], readable=[first], writable=first)
    with opened(inside):
        if Membership.objects.filter(organisation_id=second).exists():
            found.append("read of another")
        if Membership.objects.filter(organisation_id=second).update(role="client"):
            found.append("change of another")
        if Membership.objects.filter(organisation_id=second).delete()[0]:
            found.append("removal of another")

    def attempt(name: str, context: Context, **values: Any) -> None:
        try:
            with opened(context):
                Membership.objects.create(
                    region_id=region, user_id=user, role="lead", starts_on="2026-01-01", **values
                )
        except DatabaseError:
            return
        found.append(name)

    attempt("row added to another", inside, organisation_id=second)
    attempt("row added without a writable organisation", Context(readable=[first]), organisation_id=first)
    return found


def test_nobody_passes_the_wall(clean: Addresses) -> None:
    assert crossings(clean) == []


def test_a_connection_that_is_used_again_has_forgotten_its_context(clean: Addresses) -> None:

    region, first, _, _ = two_organisations(clean)
    with opened(Context(regions=[region], readable=[first])):
        assert Membership.objects.count() == 1
        before = connection.connection
    assert Membership.objects.count() == 0
    assert connection.connection is before


def test_a_key_to_an_organisation_of_another_region_is_refused(clean: Addresses) -> None:

    region, _, _, user = two_organisations(clean)
    _, foreign, _, _ = two_organisations(clean)
    with (
        pytest.raises(IntegrityError, match="belongs"),
        opened(Context(regions=[region], readable=[foreign], writable=foreign)),
    ):
        Membership.objects.create(
            region_id=region, organisation_id=foreign, user_id=user, role="lead", starts_on="2026-01-01"
        )
