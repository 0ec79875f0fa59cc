"""Users and their rights: what the pages read (selectors) and what may be changed (services).

Everything here is within the organisations in which the acting user manages people (`access.Ability.MANAGE_PEOPLE`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from employees import access, units
from employees.access import ABILITIES, Ability
from employees.codes import Role
from employees.models import Grant, Invitation, Organisation, Unit, User

PAGE_SIZE = 50


class RightRefusedError(Exception):
    """A change of a user or of her rights that is not made; `field` says which field of a form it is about."""

    field: str | None = None


class BeyondOwnOrganisationsError(RightRefusedError):
    """A right would be given or taken where the acting user does not manage people."""

    field = "where"

    def __str__(self) -> str:
        return _("You may not give or take rights there. Choose one of your own organisations.")


class GrantThereError(RightRefusedError):
    """The user has this right already."""

    field = "where"

    def __str__(self) -> str:
        return _("The user has this right already.")


class OwnLastRightError(RightRefusedError):
    """An administrator would shut herself out."""

    def __str__(self) -> str:
        return _(
            "This is your own last right as administrator of the organisation; it was not taken away. "
            "Ask another administrator to do it."
        )


class OwnAccountError(RightRefusedError):
    """A user would close her own account."""

    def __str__(self) -> str:
        return _("You cannot close your own account. Ask another administrator to do it.")


class AccountOfOthersError(RightRefusedError):
    """An account would be closed or opened that others manage too."""

    def __str__(self) -> str:
        return _(
            "This account is not yours alone to close or open: it has rights outside your organisations. "
            "You can take away the rights in your own organisations."
        )


# ---------------------------------------------------------------------------------------------------------- selectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one right shows its user."""

    grant: Grant
    units_below: list[Unit]
    #: None where the role sees no employees at all.
    people: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbilityRow:
    """An ability with the answer for each organisation: `whole`, `part` or `no`."""

    ability: Ability
    answers: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """What a user can see and do, as the table of access has it."""

    everything: bool
    sights: list[Sight]
    organisations: list[Organisation]
    abilities: list[AbilityRow]
    people: int


def managed_organisations(actor: User) -> list[Organisation]:
    """Give the organisations whose people the acting user manages (no query beyond her rights; 1 for a superuser)."""
    return access.organisations_for(actor, Ability.MANAGE_PEOPLE, whole=True)


def manages_people(actor: User) -> bool:
    """Tell whether the user manages people of a whole organisation anywhere (no query beyond her rights)."""
    return actor.is_superuser or bool(managed_organisations(actor))


def users_managed(actor: User, *, words: str = "") -> QuerySet[User]:
    """Give the users with rights in the acting user's organisations (all for a superuser), with those rights.

    2 queries for any number of users, beside the acting user's rights.
    """
    users = User.objects.order_by("last_name", "first_name", "username").prefetch_related(
        Prefetch("grants", queryset=_grants_managed(actor), to_attr="shown_grants")
    )
    if not actor.is_superuser:
        users = users.filter(pk__in=_grants_managed(actor).order_by().values("user"))
    for word in words.split():
        users = users.filter(Q(username__icontains=word) | Q(last_name__icontains=word) | Q(first_name__icontains=word))
    return users


def user_managed(actor: User, pk: int) -> User | None:
    """Give a user with her rights in the acting user's organisations (2 queries beside the acting user's rights)."""
    return users_managed(actor).filter(pk=pk).first()


def invitations_open(actor: User) -> list[Invitation]:
    """Give the invitations to the acting user's organisations that nobody has used and that still hold (1 query)."""
    found = Invitation.objects.filter(organisation__in=managed_organisations(actor), used_at=None)
    return list(found.select_related("organisation", "unit").order_by("expires_at", "pk"))


def rights_elsewhere(actor: User, user: User) -> bool:
    """Tell whether a user has rights where the acting user manages nobody (1 query)."""
    return Grant.objects.filter(user=user).exclude(organisation__in=managed_organisations(actor)).exists()


def insight(actor: User, user: User) -> Insight:
    """Say what a user can see and do in the acting user's organisations, by asking the table of access itself.

    At most 6 queries for any number of rights and units, beside the acting user's rights.
    """
    subject = User.objects.get(pk=user.pk)  # the rights of this object are asked for afresh
    managed = managed_organisations(actor)
    grants = list(_grants_managed(actor).filter(user=user)) if subject.is_active else []
    below = units.with_units_below([grant.unit for grant in grants if grant.unit is not None])
    counts: dict[int, dict[int | None, int]] = defaultdict(dict)
    seen = access.visible_employees(subject).filter(organisation__in=managed).order_by()
    for organisation, unit, people in seen.values_list("organisation", "unit").annotate(people=Count("pk")):
        counts[organisation][unit] = people
    granted = {grant.organisation_id for grant in grants}
    everything = access.rights_of(subject).everything
    shown = [organisation for organisation in managed if everything or organisation.pk in granted]
    return Insight(
        everything=everything,
        sights=[_sight(grant, below, counts[grant.organisation_id]) for grant in grants],
        organisations=shown,
        abilities=[_answers(subject, ability, shown) for ability in ABILITIES],
        people=sum(sum(by_unit.values()) for by_unit in counts.values()),
    )


def _sight(grant: Grant, below: dict[int, list[Unit]], counts: dict[int | None, int]) -> Sight:
    lower = below[grant.unit_id] if grant.unit_id is not None else []
    if grant.role not in ABILITIES[Ability.SEE]:
        people = None
    elif grant.unit_id is None:
        people = sum(counts.values())
    else:
        people = sum(counts.get(unit, 0) for unit in (grant.unit_id, *(each.pk for each in lower)))
    return Sight(grant=grant, units_below=lower, people=people)


def _answers(subject: User, ability: Ability, organisations: list[Organisation]) -> AbilityRow:
    whole = access.organisations_for(subject, ability, whole=True)
    part = access.organisations_for(subject, ability)
    return AbilityRow(
        ability=ability,
        answers=["whole" if each in whole else "part" if each in part else "no" for each in organisations],
    )


def _grants_managed(actor: User) -> QuerySet[Grant]:
    grants = Grant.objects.select_related("organisation", "unit__organisation")
    if not actor.is_superuser:
        grants = grants.filter(organisation__in=managed_organisations(actor))
    return grants.order_by("organisation__bin", "role", "unit__name", "pk")


# ----------------------------------------------------------------------------------------------------------- services


@transaction.atomic
def grant_add(*, actor: User, user: User, role: Role, organisation: Organisation, unit: Unit | None = None) -> Grant:
    """Give a user a role in an organisation, or in a unit with what lies below it."""
    require_managed(actor, organisation, unit)
    if Grant.objects.filter(user=user, role=role, organisation=organisation, unit=unit).exists():
        raise GrantThereError
    grant = Grant(user=user, role=role, organisation=organisation, unit=unit)
    grant.full_clean()
    grant.save()
    return grant


@transaction.atomic
def grant_remove(*, actor: User, grant: Grant) -> None:
    """Take a right away; nobody takes her own last right as administrator of an organisation."""
    require_managed(actor, grant.organisation, grant.unit)
    if grant.user_id == actor.pk and grant.role == Role.ADMIN and grant.unit_id is None:
        raise OwnLastRightError  # a user has one such right in an organisation at most (`grant_once_for_the_whole`)
    grant.delete()


@transaction.atomic
def user_set_active(*, actor: User, user: User, active: bool) -> User:
    """Close a user's account, or open it again; what others manage too is not one's own to close."""
    if user.pk == actor.pk:
        raise OwnAccountError
    if not actor.is_superuser and (user.is_superuser or rights_elsewhere(actor, user)):
        raise AccountOfOthersError
    user.is_active = active
    user.save(update_fields=["is_active"])
    return user


def require_managed(actor: User, organisation: Organisation, unit: Unit | None) -> None:
    """Refuse a place that is not the acting user's own, or a unit of another organisation."""
    if not access.may_in(actor, Ability.MANAGE_PEOPLE, organisation):
        raise BeyondOwnOrganisationsError
    if unit is not None and unit.organisation_id != organisation.pk:
        raise BeyondOwnOrganisationsError


def place(actor: User, where: str) -> tuple[Organisation, Unit | None]:
    """Read where a right lies, as `units.places` writes it, within the acting user's organisations (1 query)."""
    managed = {each.pk: each for each in managed_organisations(actor)}
    kind, number = where[:1], int(where[1:]) if where[1:].isdecimal() else 0
    if kind == "o" and number in managed:
        return managed[number], None
    unit = Unit.objects.filter(pk=number, organisation__in=managed).select_related("organisation").first()
    if kind != "u" or unit is None:
        raise BeyondOwnOrganisationsError
    return unit.organisation, unit


def ability_words(ability: Ability) -> str:
    """Name an ability."""
    return {
        Ability.SEE: _("See employees and their records"),
        Ability.SEE_IIN: _("See the IIN in full"),
        Ability.EDIT: _("Change records"),
        Ability.IMPORT: _("Import workbooks"),
        Ability.EXPORT: _("Export lists"),
        Ability.PRINT: _("Print papers"),
        Ability.READ_HISTORY: _("Read the history of records"),
        Ability.READ_LOG: _("Read who looked at whom"),
        Ability.MANAGE_ORGANISATION: _("Manage the organisation and its units"),
        Ability.MANAGE_PEOPLE: _("Manage users and their rights"),
        Ability.RUN_ATTESTATION: _("Prepare attestation cycles and keep the minutes"),
        Ability.APPROVE_ATTESTATION: _("Approve attestation lists and results"),
        Ability.SEE_ATTESTATION: _("See attestation cycles"),
        Ability.MANAGE_REGIMES: _("Manage rule-sets of attestation"),
        Ability.EDIT_TEXTS: _("Edit the texts of the positions, of all organisations"),
    }.get(ability, str(ability))
