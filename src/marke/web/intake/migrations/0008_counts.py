"""The one door through which counts leave the municipalities: whole region, five or more, logged."""

from django.db import migrations

QUESTIONS = {
    "contract_end": r"^\w+\.(contract_end|end_\w+)$",
    "replacement": r"^\w+\.replaced_on$",
    "vacancy": r"^\w+\.vacancy$",
    "mandate": r"^\w+\.mandate$",
}
"""What is counted, and of the answers to which questions; a test holds it to the catalogue."""

# Of every municipality the last first of a month on which it still counts is kept, or that it counts at all.
# All that is told follows from what was kept, and that changes only when five or more municipalities changed:
# otherwise the difference of two counts would tell what one of them answered.
_COUNTED = f"""
WITH kinds (what, asked, fits) AS (VALUES
  ('contract_end', '{QUESTIONS["contract_end"]}', '^\\d{{4}}-\\d\\d-\\d\\d$'),
  ('replacement', '{QUESTIONS["replacement"]}', '^\\d{{4}}-\\d\\d-\\d\\d$'),
  ('vacancy', '{QUESTIONS["vacancy"]}', '[1-9]'),
  ('mandate', '{QUESTIONS["mandate"]}', '^ja$'))
, told AS (
  SELECT split_part(a.question, '.', 1) || '.' || k.what AS subject, a.organisation_id,
         max(CASE k.what
               WHEN 'contract_end' THEN date_trunc('month', a.value::date - 1)::date::text
               WHEN 'replacement' THEN date_trunc('month', a.value::date)::date::text
               ELSE '' END) AS until
    FROM intake_answer a JOIN kinds k ON a.question ~ k.asked AND a.value ~ k.fits
   WHERE a.region_id = wanted_region
   GROUP BY 1, 2)
, counted AS (
  SELECT t.subject, count(*)::int AS number, jsonb_object_agg(t.organisation_id, t.until) AS basis
    FROM told t GROUP BY t.subject HAVING count(*) >= least)
, fresh AS (
  SELECT c.* FROM counted c
    LEFT JOIN intake_totalbasis b ON b.region_id = wanted_region AND b.question = c.subject
   WHERE (SELECT count(*) FROM jsonb_each_text(c.basis) n
            FULL JOIN jsonb_each_text(coalesce(b.basis, '{{}}')) o USING (key)
           WHERE n.value IS DISTINCT FROM o.value) >= least)
, logged AS (
  INSERT INTO intake_regionaltotal (region_id, question, municipalities, total, published_at, published_by_id)
  SELECT wanted_region, f.subject, f.number, f.number, now(), marke_id('marke.user') FROM fresh f)
INSERT INTO intake_totalbasis (region_id, question, basis)
SELECT wanted_region, f.subject, f.basis FROM fresh f
ON CONFLICT (region_id, question) DO UPDATE SET basis = excluded.basis
"""

_FUNCTION = f"""
CREATE FUNCTION marke_region_counts(wanted_region uuid, firsts date[])
RETURNS TABLE (service text, what text, month date, municipalities int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  least constant int := 5;
BEGIN
  IF NOT coalesce(wanted_region = ANY (marke_ids('marke.regions')), false) THEN
    RETURN;
  END IF;
  PERFORM set_config('marke.aggregate', 'on', true);
  PERFORM pg_advisory_xact_lock(hashtextextended(wanted_region::text || 'counts', 0));
  {_COUNTED};
  RETURN QUERY
    SELECT split_part(b.question, '.', 1), split_part(b.question, '.', 2), m.first, count(*)::int
      FROM intake_totalbasis b
     CROSS JOIN (SELECT NULL::date UNION ALL
                 SELECT DISTINCT date_trunc('month', f)::date FROM unnest(firsts) f) AS m (first)
     CROSS JOIN jsonb_each_text(b.basis) AS told
     WHERE b.region_id = wanted_region AND b.question ~ '\\.({"|".join(QUESTIONS)})$'
       AND (m.first IS NULL OR told.value >= m.first::text)
     GROUP BY b.question, m.first HAVING count(*) >= least;
  PERFORM set_config('marke.aggregate', '', true);
END $$;
"""


class Migration(migrations.Migration):
    """Counts of contracts, replacements, vacancies and mandates."""

    dependencies = [("intake", "0007_who")]

    operations = [migrations.RunSQL(_FUNCTION, migrations.RunSQL.noop)]
