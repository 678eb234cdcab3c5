"""The walls of the intake, the trail of changes, and the rule that only a releasable answer is released."""

from django.db import migrations

from marke.web.tenancy.policies import (
    IN_REGION,
    READABLE,
    WRITABLE,
    added,
    belongs,
    readable,
    tenant_table,
    walled,
    writable,
)

_TRAIL = """
CREATE FUNCTION intake_trail() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  row_now intake_answer := coalesce(NEW, OLD);
  was jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE jsonb_build_object(
    'value', OLD.value, 'unknown', OLD.unknown, 'note', OLD.note, 'price_year', OLD.price_year) END;
  becomes jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE jsonb_build_object(
    'value', NEW.value, 'unknown', NEW.unknown, 'note', NEW.note, 'price_year', NEW.price_year) END;
BEGIN
  IF was IS DISTINCT FROM becomes THEN
    INSERT INTO intake_answerchange
      (region_id, organisation_id, question, before, after, changed_by_id, changed_at)
    VALUES (row_now.region_id, row_now.organisation_id, row_now.question, was, becomes,
            marke_id('marke.user'), now());
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER intake_answer_trail AFTER INSERT OR UPDATE OR DELETE ON intake_answer
  FOR EACH ROW EXECUTE FUNCTION intake_trail();
"""

_ONLY_RELEASABLE = """
ALTER TABLE intake_released ADD CONSTRAINT intake_released_answer
  FOREIGN KEY (organisation_id, question, visibility)
  REFERENCES intake_answer (organisation_id, question, visibility);
"""


class Migration(migrations.Migration):
    """Row-level security on answers, signatures, releases and counts."""

    dependencies = [("intake", "0001_initial"), ("tenancy", "0002_walls")]

    operations = [
        *tenant_table("intake_answer"),
        *tenant_table("intake_upload"),
        walled("intake_answerchange"),
        belongs("intake_answerchange"),
        readable("intake_answerchange", READABLE),
        added("intake_answerchange", WRITABLE),
        migrations.RunSQL(_TRAIL, migrations.RunSQL.noop),
        walled("intake_signature"),
        belongs("intake_signature"),
        readable("intake_signature", READABLE),
        added("intake_signature", WRITABLE),
        walled("intake_released"),
        belongs("intake_released"),
        readable("intake_released", IN_REGION),
        writable("intake_released", WRITABLE),
        migrations.RunSQL(_ONLY_RELEASABLE, migrations.RunSQL.noop),
        walled("intake_delivery"),
        belongs("intake_delivery"),
        readable("intake_delivery", IN_REGION),
        writable("intake_delivery", WRITABLE),
    ]
