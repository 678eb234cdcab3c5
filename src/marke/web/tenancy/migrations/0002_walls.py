"""The walls of the first tables."""

from django.db import migrations

from marke.web.tenancy.policies import (
    CONTEXT_FUNCTIONS,
    IN_REGION,
    READABLE,
    WRITABLE,
    WRITES_REGION,
    added,
    belongs,
    readable,
    walled,
    writable,
)

_OWN = "user_id = marke_id('marke.user')"
_BY_LINK = "fingerprint = nullif(current_setting('marke.invitation', true), '')"
# The region's office invites its own people, and the first person of a municipality: never itself afterwards.
_FIRST = f"""{WRITES_REGION} AND (
  EXISTS (SELECT 1 FROM tenancy_organisation o WHERE o.id = organisation_id AND o.code = '')
  OR NOT EXISTS (SELECT 1 FROM tenancy_membership m
                 WHERE m.organisation_id = tenancy_invitation.organisation_id))"""


class Migration(migrations.Migration):
    """Row-level security on regions, organisations, memberships, invitations and the log."""

    dependencies = [("tenancy", "0001_initial")]

    operations = [
        migrations.RunSQL(CONTEXT_FUNCTIONS, migrations.RunSQL.noop),
        walled("tenancy_region"),
        readable("tenancy_region", "id = ANY (marke_ids('marke.regions'))"),
        writable("tenancy_region", "id = marke_id('marke.region_writable')"),
        walled("tenancy_organisation"),
        readable("tenancy_organisation", IN_REGION),
        writable("tenancy_organisation", WRITES_REGION),
        walled("tenancy_membership"),
        belongs("tenancy_membership"),
        readable("tenancy_membership", f"{READABLE} OR {_OWN} OR {WRITES_REGION}"),
        writable("tenancy_membership", WRITABLE),
        walled("tenancy_invitation"),
        belongs("tenancy_invitation"),
        readable("tenancy_invitation", f"{READABLE} OR {WRITES_REGION} OR {_BY_LINK}"),
        writable("tenancy_invitation", WRITABLE),
        added("tenancy_invitation", _FIRST),
        walled("tenancy_event"),
        belongs("tenancy_event"),
        readable("tenancy_event", READABLE),
        added("tenancy_event", WRITABLE),
    ]
