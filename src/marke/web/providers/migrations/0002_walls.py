"""The wall of the providers: the region fills one in, only the municipality itself turns it on."""

from django.db import migrations

from marke.web.tenancy.policies import IN_REGION, WRITABLE, WRITES_REGION, belongs, readable, walled, writable


class Migration(migrations.Migration):
    """Row-level security on providers; who signs in has no context yet, and reads those that are on."""

    dependencies = [("providers", "0001_initial"), ("tenancy", "0002_walls")]

    operations = [
        walled("providers_provider"),
        belongs("providers_provider"),
        readable("providers_provider", f"{IN_REGION} OR is_on"),
        writable("providers_provider", WRITES_REGION, "prepare", after=f"{WRITES_REGION} AND NOT is_on"),
        writable("providers_provider", WRITABLE),
    ]
