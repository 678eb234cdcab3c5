"""The walls around what answers are worth."""

from django.db import migrations

from marke.web.tenancy.policies import IN_REGION, WRITES_REGION, readable, tenant_table, walled, writable


class Migration(migrations.Migration):
    """Row-level security on both rankings."""

    dependencies = [("intake", "0005_worth")]

    operations = [
        *tenant_table("intake_ownworth"),
        walled("intake_regionalworth"),
        readable("intake_regionalworth", IN_REGION),
        writable("intake_regionalworth", WRITES_REGION),
    ]
