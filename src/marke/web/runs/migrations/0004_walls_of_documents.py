"""The walls around documents and what was made public."""

from django.db import migrations

from marke.web.tenancy.policies import IN_REGION, WRITES_REGION, readable, tenant_table, walled, writable

_TIED = """ALTER TABLE runs_binderfile ADD CONSTRAINT runs_binderfile_binder
  FOREIGN KEY (binder_id, organisation_id) REFERENCES runs_binder (id, organisation_id) ON DELETE CASCADE"""


class Migration(migrations.Migration):
    """Row-level security on documents; a publication is read by anyone until it is withdrawn."""

    dependencies = [("runs", "0003_documents")]

    operations = [
        *tenant_table("runs_binder"),
        *tenant_table("runs_binderfile"),
        migrations.RunSQL(_TIED, migrations.RunSQL.noop),
        walled("runs_publication"),
        readable("runs_publication", IN_REGION),
        readable("runs_publication", "withdrawn_at IS NULL", "anyone"),
        writable("runs_publication", WRITES_REGION),
    ]
