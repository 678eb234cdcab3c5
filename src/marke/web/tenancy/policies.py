"""Row-level security as SQL for migrations: the functions that read the context, and the policies."""

from django.db.migrations import RunSQL

CONTEXT_FUNCTIONS = """
CREATE FUNCTION marke_ids(name text) RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT string_to_array(nullif(current_setting(name, true), ''), ',')::uuid[]
$$;
CREATE FUNCTION marke_id(name text) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting(name, true), '')::uuid
$$;
"""
"""``marke_ids('marke.readable')``: what the transaction's context allows; NULL without a context."""

READABLE = "organisation_id = ANY (marke_ids('marke.readable'))"
WRITABLE = "organisation_id = marke_id('marke.writable')"
IN_REGION = "region_id = ANY (marke_ids('marke.regions'))"
WRITES_REGION = "region_id = marke_id('marke.region_writable')"
MINE = f"user_id = marke_id('marke.user') AND {READABLE}"
"""Rows of the person who asks, within an organisation of hers."""


def walled(table: str) -> RunSQL:
    """Force row-level security on a table: without a policy nobody sees a row, its owner included."""
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;",
        RunSQL.noop,
    )


def readable(table: str, condition: str, name: str = "read") -> RunSQL:
    """Let rows be read that meet a condition."""
    return RunSQL(f"CREATE POLICY {table}_{name} ON {table} FOR SELECT USING ({condition});", RunSQL.noop)


def writable(table: str, condition: str, name: str = "write", *, after: str = "") -> RunSQL:
    """Let rows be added, changed and removed that meet a condition; ``after``: another one afterwards."""
    check = after or condition
    return RunSQL(
        f"CREATE POLICY {table}_{name} ON {table} FOR ALL USING ({condition}) WITH CHECK ({check});",
        RunSQL.noop,
    )


def added(table: str, condition: str, name: str = "add") -> RunSQL:
    """Let rows be added only, as to a log."""
    return RunSQL(
        f"CREATE POLICY {table}_{name} ON {table} FOR INSERT WITH CHECK ({condition});", RunSQL.noop
    )


def tenant_table(table: str) -> list[RunSQL]:
    """The wall of a tenant table: its readers, its one writer, and a key that cannot leave the tenant."""
    return [walled(table), readable(table, READABLE), writable(table, WRITABLE), belongs(table)]


def personal_table(table: str) -> list[RunSQL]:
    """The wall of a table of which every row is one person's: colleagues neither read nor write it."""
    return [walled(table), readable(table, MINE), writable(table, MINE), belongs(table)]


def belongs(table: str) -> RunSQL:
    """Tie organisation and region together: a row cannot name an organisation of another region."""
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_belongs FOREIGN KEY (organisation_id, region_id)"
        " REFERENCES tenancy_organisation (id, region_id);",
        RunSQL.noop,
    )
