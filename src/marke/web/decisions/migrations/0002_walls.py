"""The walls of talks and decisions, and a log that the database keeps whole."""

from django.db import migrations

from marke.web.tenancy.policies import (
    IN_REGION,
    MINE,
    WRITABLE,
    WRITES_REGION,
    added,
    belongs,
    readable,
    walled,
    writable,
)

_BY_LINK = "fingerprint = nullif(current_setting('marke.invitation', true), '')"

# A municipality writes in its own name, the region's roles in that of the office: nobody in another's.
_IN_OWN_NAME = f"""user_id = marke_id('marke.user') AND ({WRITABLE} OR ({WRITES_REGION} AND EXISTS (
  SELECT 1 FROM tenancy_organisation o WHERE o.id = organisation_id AND o.code = '')))"""

_PROPOSAL = """
ALTER TABLE decisions_takenstep ADD CONSTRAINT decisions_takenstep_proposal
  FOREIGN KEY (proposal_id, region_id) REFERENCES decisions_proposal (id, region_id);
"""

_CHAIN = """
CREATE FUNCTION decisions_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last decisions_logentry;
BEGIN
  SELECT * INTO last FROM decisions_logentry WHERE region_id = NEW.region_id ORDER BY number DESC LIMIT 1;
  IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.before <> coalesce(last.mark, repeat('0', 64)) THEN
    RAISE EXCEPTION 'a line of the log follows the one before';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION decisions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log does not change';
END $$;
CREATE TRIGGER decisions_logentry_follows BEFORE INSERT ON decisions_logentry
  FOR EACH ROW EXECUTE FUNCTION decisions_follows();
CREATE TRIGGER decisions_logentry_stays BEFORE UPDATE OR DELETE ON decisions_logentry
  FOR EACH STATEMENT EXECUTE FUNCTION decisions_refuse();
"""


def _regional(table: str) -> list[migrations.RunSQL]:
    return [walled(table), readable(table, IN_REGION), writable(table, WRITES_REGION)]


def _published(table: str) -> list[migrations.RunSQL]:
    return [walled(table), belongs(table), readable(table, IN_REGION), writable(table, WRITABLE)]


class Migration(migrations.Migration):
    """Row-level security on talks, decisions and their log."""

    dependencies = [("decisions", "0001_initial"), ("tenancy", "0002_walls")]

    operations = [
        *_regional("decisions_heldtalk"),
        *_regional("decisions_pointstatus"),
        *_regional("decisions_proposal"),
        *_published("decisions_takenstep"),
        migrations.RunSQL(_PROPOSAL, migrations.RunSQL.noop),
        *_published("decisions_councildays"),
        walled("decisions_calendarlink"),
        belongs("decisions_calendarlink"),
        readable("decisions_calendarlink", f"({MINE}) OR {_BY_LINK}"),
        writable("decisions_calendarlink", MINE),
        walled("decisions_logentry"),
        belongs("decisions_logentry"),
        readable("decisions_logentry", IN_REGION),
        added("decisions_logentry", _IN_OWN_NAME),
        migrations.RunSQL(_CHAIN, migrations.RunSQL.noop),
    ]
