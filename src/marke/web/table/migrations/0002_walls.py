"""The walls around kept situations and red lines."""

from django.db import migrations

from marke.web.tenancy.policies import (
    MINE,
    READABLE,
    WRITABLE,
    belongs,
    personal_table,
    readable,
    walled,
    writable,
)


class Migration(migrations.Migration):
    """A kept situation is read by the organisation; who keeps one also changes it. A red line is its writer's."""

    dependencies = [("table", "0001_initial"), ("tenancy", "0002_walls")]

    operations = [
        walled("table_savedsituation"),
        belongs("table_savedsituation"),
        readable("table_savedsituation", READABLE),
        writable("table_savedsituation", f"({WRITABLE}) OR ({MINE})"),
        *personal_table("table_redline"),
    ]
