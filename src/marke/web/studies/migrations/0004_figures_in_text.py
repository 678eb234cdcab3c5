"""What a version replaced moves into its text, where a study file of today holds it; then its column goes."""

import json

import tomlkit
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_OPEN = "ALTER TABLE studies_studyversion NO FORCE ROW LEVEL SECURITY"
_SHUT = "ALTER TABLE studies_studyversion FORCE ROW LEVEL SECURITY"


def _move(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    with editor.connection.cursor() as cursor:
        cursor.execute(_OPEN)
        cursor.execute("SELECT id, text, figures FROM studies_studyversion WHERE figures <> '{}'")
        for key, text, figures in cursor.fetchall():
            cursor.execute(
                "UPDATE studies_studyversion SET text = %s WHERE id = %s", [text + _tables(figures), key]
            )
        cursor.execute(_SHUT)


def _tables(figures: str | dict[str, dict[str, object]]) -> str:
    found = json.loads(figures) if isinstance(figures, str) else figures
    rows = [
        {"sleutel": key, "laag": v["low"], "midden": v["mode"], "hoog": v["high"], "bron": v["source"]}
        for key, v in found.items()
    ]
    return "\n\n" + tomlkit.dumps({"cijfer": rows})


class Migration(migrations.Migration):
    """Forward only."""

    dependencies = [("studies", "0003_figures")]

    operations = [
        migrations.RunPython(_move),
        migrations.RemoveField("studyversion", "figures"),
    ]
