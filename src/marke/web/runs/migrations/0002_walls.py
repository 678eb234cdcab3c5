"""The walls around runs and their files."""

from django.db import migrations

from marke.web.tenancy.policies import IN_REGION, WRITES_REGION, readable, tenant_table, walled, writable

_TIED = """ALTER TABLE runs_ownfile ADD CONSTRAINT runs_ownfile_run
  FOREIGN KEY (run_id, organisation_id) REFERENCES runs_ownrun (id, organisation_id) ON DELETE CASCADE"""


class Migration(migrations.Migration):
    """Row-level security on runs; a file belongs to a run of its own organisation."""

    dependencies = [("runs", "0001_initial"), ("tenancy", "0002_walls")]

    operations = [
        *(
            operation
            for table in ("runs_sharedrun", "runs_sharedfile")
            for operation in (
                walled(table),
                readable(table, IN_REGION),
                writable(table, WRITES_REGION),
            )
        ),
        *tenant_table("runs_ownrun"),
        *tenant_table("runs_ownfile"),
        migrations.RunSQL(_TIED, migrations.RunSQL.noop),
    ]
