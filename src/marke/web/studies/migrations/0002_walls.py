"""The wall of the studies: read by the region, added by its roles, never changed."""

from django.db import migrations

from marke.web.tenancy.policies import IN_REGION, WRITES_REGION, added, readable, walled


class Migration(migrations.Migration):
    """Row-level security on study versions."""

    dependencies = [("studies", "0001_initial"), ("tenancy", "0002_walls")]

    operations = [
        walled("studies_studyversion"),
        readable("studies_studyversion", IN_REGION),
        added("studies_studyversion", WRITES_REGION),
    ]
