"""The class of every table: a test reads the database and fails for one that is not declared here."""

from enum import Enum


class TableClass(Enum):
    """Whose rows a table holds, and so which wall stands around them."""

    TENANT = "one organisation's rows; only its members, row-level security forced"
    PERSONAL = "one person's rows within one organisation; not even her colleagues"
    REGIONAL = "read by members of the region, written by its roles or by the organisation it is about"
    PUBLIC = "read by anyone until withdrawn, written by the region's roles: holds what is public only"
    HIDDEN = "read by a function of the database only, by nobody else"
    SYSTEM = "accounts, sessions and machinery: never shared, holds nothing that an organisation answered"


TABLES: dict[str, TableClass] = {
    "tenancy_membership": TableClass.TENANT,
    "tenancy_invitation": TableClass.TENANT,
    "tenancy_event": TableClass.TENANT,
    "tenancy_region": TableClass.REGIONAL,
    "tenancy_organisation": TableClass.REGIONAL,
    "studies_studyversion": TableClass.REGIONAL,
    "intake_answer": TableClass.TENANT,
    "intake_answerchange": TableClass.TENANT,
    "intake_upload": TableClass.TENANT,
    "intake_signature": TableClass.TENANT,
    "intake_released": TableClass.REGIONAL,
    "intake_ownworth": TableClass.TENANT,
    "intake_regionalworth": TableClass.REGIONAL,
    "intake_regionaltotal": TableClass.REGIONAL,
    "intake_totalbasis": TableClass.HIDDEN,
    "intake_delivery": TableClass.REGIONAL,
    "runs_sharedrun": TableClass.REGIONAL,
    "runs_sharedfile": TableClass.REGIONAL,
    "runs_ownrun": TableClass.TENANT,
    "runs_ownfile": TableClass.TENANT,
    "runs_binder": TableClass.TENANT,
    "runs_binderfile": TableClass.TENANT,
    "runs_publication": TableClass.PUBLIC,
    "table_savedsituation": TableClass.TENANT,
    "table_redline": TableClass.PERSONAL,
    "providers_provider": TableClass.REGIONAL,
    "decisions_heldtalk": TableClass.REGIONAL,
    "decisions_pointstatus": TableClass.REGIONAL,
    "decisions_proposal": TableClass.REGIONAL,
    "decisions_takenstep": TableClass.REGIONAL,
    "decisions_councildays": TableClass.REGIONAL,
    "decisions_calendarlink": TableClass.PERSONAL,
    "decisions_logentry": TableClass.REGIONAL,
    "accounts_user": TableClass.SYSTEM,
    "api_key": TableClass.SYSTEM,
    "account_emailaddress": TableClass.SYSTEM,
    "account_emailconfirmation": TableClass.SYSTEM,
    "mfa_authenticator": TableClass.SYSTEM,
    "socialaccount_socialaccount": TableClass.SYSTEM,
    "socialaccount_socialapp": TableClass.SYSTEM,
    "socialaccount_socialtoken": TableClass.SYSTEM,
    "auth_group": TableClass.SYSTEM,
    "auth_group_permissions": TableClass.SYSTEM,
    "auth_permission": TableClass.SYSTEM,
    "machinery_cache": TableClass.SYSTEM,
    "django_content_type": TableClass.SYSTEM,
    "django_migrations": TableClass.SYSTEM,
    "django_session": TableClass.SYSTEM,
}

OF_ORGANISATIONS = frozenset(
    table for table, kind in TABLES.items() if kind in (TableClass.TENANT, TableClass.PERSONAL)
)
"""Tables with rows that no other organisation sees."""
