"""Who belongs to an organisation and who was invited; ending a role takes access away, and never gives it."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from marke.web.api.access import in_organisation, in_region, must_lead, reads, writes
from marke.web.api.models import Area
from marke.web.api.shapes import Told
from marke.web.tenancy.models import Membership, Role
from marke.web.tenancy.selectors import open_invitations, organisations_of, people_of, person_in
from marke.web.tenancy.services import end_membership

router = Router(tags=["Mensen"], by_alias=True)
READS, WRITES = reads(Area.PEOPLE), writes(Area.PEOPLE)
_BASE = "/regios/{slug:region}/organisaties/{slug:organisation}"


class MemberTold(Told):
    """Wie bij een organisatie hoort."""

    key: UUID = Field(alias="lid", description="De naam van deze rol in het adres.")
    name: str = Field(alias="naam", description="De naam van de persoon.")
    role: str = Field(alias="rol", description="De rol.")
    starts_on: date = Field(alias="vanaf", description="De eerste dag van de rol.")
    ends_on: date | None = Field(alias="tot", description="De dag waarop de rol eindigt, als die er is.")
    due: bool = Field(alias="teBevestigen", description="Of een jaar lang niemand naar de rol keek.")


class OrganisationMembersTold(Told):
    """Een organisatie met wie erbij hoort."""

    organisation: str = Field(alias="organisatie", description="De naam in het adres.")
    members: list[MemberTold] = Field(alias="leden", description="Wie vandaag een rol heeft.")


class InvitationTold(Told):
    """Een uitnodiging die nog kan worden aangenomen; de link zelf staat nergens."""

    email: str = Field(alias="adres", description="Het e-mailadres van wie is uitgenodigd.")
    role: str = Field(alias="rol", description="De rol.")
    expires_at: datetime = Field(alias="geldigTot", description="Wanneer de uitnodiging verloopt (UTC).")


def _member(each: Membership) -> MemberTold:
    return MemberTold(
        key=each.pk,
        name=each.user.name,
        role=Role(each.role).label,
        starts_on=each.starts_on,
        ends_on=each.ends_on,
        due=each.is_due,
    )


@router.get(
    "/regios/{slug:region}/leden",
    auth=READS, response=list[OrganisationMembersTold], summary="Wie bij de organisaties hoort",
)  # fmt: skip
def all_members(request: HttpRequest, region: str) -> list[OrganisationMembersTold]:
    """Wie in een regio een rol heeft, per organisatie. Voor wie de regio leidt."""
    with in_region(request, region) as place:
        must_lead(place)
        return [
            OrganisationMembersTold(
                organisation=each.slug, members=[_member(person) for person in people_of(each)]
            )
            for each in organisations_of(place)
        ]


@router.get(
    f"{_BASE}/leden",
    auth=reads(Area.REGION),
    response=list[MemberTold],
    summary="Wie bij een organisatie hoort",
)
def members(request: HttpRequest, region: str, organisation: str) -> list[MemberTold]:
    """Wie vandaag een rol heeft. Uitnodigen en een rol bevestigen doet een mens, in de pagina's."""
    with in_organisation(request, region, organisation) as place:
        return [_member(each) for each in people_of(place.own)]


@router.delete(
    f"{_BASE}/leden/{{uuid:membership}}", auth=WRITES, response={204: None}, summary="Een rol beëindigen"
)
def end(request: HttpRequest, region: str, organisation: str, membership: UUID) -> Status[None]:
    """Beëindig vandaag de rol van een ander, voor wie voor de organisatie schrijft. De eigen rol kan niet."""
    with in_organisation(request, region, organisation) as place:
        end_membership(place=place, membership=person_in(place, membership))
        return Status(204, None)


@router.get(f"{_BASE}/uitnodigingen", auth=READS, response=list[InvitationTold], summary="Wie is uitgenodigd")
def invitations(request: HttpRequest, region: str, organisation: str) -> list[InvitationTold]:
    """De uitnodigingen die nog open staan."""
    with in_organisation(request, region, organisation) as place:
        return [
            InvitationTold(email=each.email, role=Role(each.role).label, expires_at=each.expires_at)
            for each in open_invitations(place.own)
        ]
