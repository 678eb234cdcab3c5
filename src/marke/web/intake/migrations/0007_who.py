"""Who fills in a question, beside its answer and in the trail of its changes."""

from django.db import migrations, models

_KEPT = ("value", "unknown", "note", "price_year")


def _trail(*kept: str) -> str:
    """Return the trail of changes that keeps these columns."""

    def row(name: str) -> str:
        return ", ".join(f"'{column}', {name}.{column}" for column in kept)

    return f"""
CREATE OR REPLACE FUNCTION intake_trail() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  row_now intake_answer := coalesce(NEW, OLD);
  was jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE jsonb_build_object({row("OLD")}) END;
  becomes jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE jsonb_build_object({row("NEW")}) END;
BEGIN
  IF was IS DISTINCT FROM becomes THEN
    INSERT INTO intake_answerchange
      (region_id, organisation_id, question, before, after, changed_by_id, changed_at)
    VALUES (row_now.region_id, row_now.organisation_id, row_now.question, was, becomes,
            marke_id('marke.user'), now());
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    """Add who fills in a question to the answers."""

    dependencies = [("intake", "0006_walls_of_worth")]

    operations = [
        migrations.AddField(
            "answer", "who", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.RunSQL(_trail(*_KEPT, "who"), _trail(*_KEPT)),
    ]
