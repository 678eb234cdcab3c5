"""The one door through which a total leaves the municipalities: whole region, five or more, rounded, logged."""

from django.db import migrations

from marke.web.tenancy.policies import IN_REGION, readable, walled

_INSIDE = "current_setting('marke.aggregate', true) = 'on'"


def _owner_only(table: str, command: str) -> migrations.RunSQL:
    check = f" WITH CHECK ({_INSIDE})" if command == "ALL" else ""
    return migrations.RunSQL(
        f"CREATE POLICY {table}_total ON {table} FOR {command} TO CURRENT_USER USING ({_INSIDE}){check};",
        migrations.RunSQL.noop,
    )


# A new total is published only when five or more municipalities changed since the last one: otherwise the
# difference of two totals would tell what one of them answered.
_FUNCTION = r"""
CREATE FUNCTION marke_region_total(wanted_region uuid, wanted_question text)
RETURNS TABLE (municipalities int, total numeric)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  least constant int := 5;
  now_basis jsonb;
  old_basis jsonb;
  now_count int;
  now_total numeric;
  changed int;
BEGIN
  IF NOT coalesce(wanted_region = ANY (marke_ids('marke.regions')), false) THEN
    RETURN;
  END IF;
  PERFORM set_config('marke.aggregate', 'on', true);
  PERFORM pg_advisory_xact_lock(hashtextextended(wanted_region::text || wanted_question, 0));
  SELECT count(*), sum(replace(a.value, ',', '.')::numeric), jsonb_object_agg(a.organisation_id, md5(a.value))
    INTO now_count, now_total, now_basis
    FROM intake_answer a
   WHERE a.region_id = wanted_region AND a.question = wanted_question
     AND a.visibility <> 'confidential' AND a.value ~ '^[0-9]+(,[0-9]+)?$';
  SELECT b.basis INTO old_basis FROM intake_totalbasis b
   WHERE b.region_id = wanted_region AND b.question = wanted_question;
  SELECT count(*) INTO changed
    FROM jsonb_each_text(coalesce(now_basis, '{}')) n
    FULL JOIN jsonb_each_text(coalesce(old_basis, '{}')) o USING (key)
   WHERE n.value IS DISTINCT FROM o.value;
  IF now_count >= least AND changed >= least THEN
    INSERT INTO intake_totalbasis (region_id, question, basis)
    VALUES (wanted_region, wanted_question, now_basis)
    ON CONFLICT (region_id, question) DO UPDATE SET basis = excluded.basis;
    INSERT INTO intake_regionaltotal (region_id, question, municipalities, total, published_at, published_by_id)
    VALUES (wanted_region, wanted_question, now_count,
            CASE WHEN now_total = 0 THEN 0
                 ELSE round(now_total, 1 - floor(log(now_total))::int) END, now(), marke_id('marke.user'));
  END IF;
  RETURN QUERY
    SELECT t.municipalities::int, t.total FROM intake_regionaltotal t
     WHERE t.region_id = wanted_region AND t.question = wanted_question ORDER BY t.id DESC LIMIT 1;
  PERFORM set_config('marke.aggregate', '', true);
END $$;
"""


class Migration(migrations.Migration):
    """Regional totals."""

    dependencies = [("intake", "0003_totals")]

    operations = [
        walled("intake_regionaltotal"),
        readable("intake_regionaltotal", IN_REGION),
        _owner_only("intake_regionaltotal", "ALL"),
        walled("intake_totalbasis"),
        _owner_only("intake_totalbasis", "ALL"),
        _owner_only("intake_answer", "SELECT"),
        migrations.RunSQL(_FUNCTION, migrations.RunSQL.noop),
    ]
