"""Organisations and the trees of their units: what a page reads (selectors) and what may be changed (services)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from employees import access, changes, names
from employees.access import Ability
from employees.models import Employee, Grant, Invitation, Organisation, Unit, User
from employees.selectors import in_service

#: So many people are proposed for one search; who is not among them needs a longer word.
FOUND_AT_MOST = 10

Where = tuple[str, list[tuple[str, str]]]


class UnitRefusedError(Exception):
    """A change of a unit that is not made; `field` says which field of a form it is about."""

    field: str | None = None


class UnitNameTakenError(UnitRefusedError):
    """Two units of an organisation would have one name."""

    field = "name"

    def __str__(self) -> str:
        return _("The organisation has a unit with this name already. Choose another name.")


class UnitInsideItselfError(UnitRefusedError):
    """A unit would be a part of itself."""

    field = "parent"

    def __str__(self) -> str:
        return _("A unit cannot be put into itself or into a unit below it. Choose a unit elsewhere in the tree.")


class UnitFromElsewhereError(UnitRefusedError):
    """A unit would be a part of another organisation's unit."""

    field = "parent"

    def __str__(self) -> str:
        return _("This unit belongs to another organisation. Choose a unit of this organisation.")


class HeadFromElsewhereError(UnitRefusedError):
    """A head would not be in service in the organisation."""

    def __str__(self) -> str:
        return _("This person is not in service in the organisation. Choose somebody who is.")


class UnitNotEmptyError(UnitRefusedError):
    """A unit that is still needed would be deleted."""

    def __init__(self, *, people: int, units: int, rights: int) -> None:
        super().__init__(people, units, rights)
        self.people, self.units, self.rights = people, units, rights

    def __str__(self) -> str:
        reasons = [_("The unit was not deleted.")]
        if self.people:
            words = _("Employees in it: %(number)d. Transfer them to another unit first.")
            reasons.append(words % {"number": self.people})
        if self.units:
            words = _("Units below it: %(number)d. Move or delete them first.")
            reasons.append(words % {"number": self.units})
        if self.rights:
            words = _("Rights and invitations that name it: %(number)d. An administrator has to take them back first.")
            reasons.append(words % {"number": self.rights})
        return " ".join(reasons)


# ---------------------------------------------------------------------------------------------------------- selectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A unit with its head, the people in it and the units below it."""

    unit: Unit
    people: int
    total: int
    #: The head, where the reader may see her and she is in service.
    head: Employee | None
    #: Somebody is named as head who has left.
    head_left: bool
    #: Somebody is the head whom the reader may not see.
    head_hidden: bool
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What a user sees of an organisation's units: the whole, or the parts that are hers."""

    whole: bool
    nodes: tuple[Node, ...]
    without_unit: int
    total: int


def organisation_seen(user: User | AnonymousUser, bin_: str) -> Organisation | None:
    """Give an organisation in which the user may see somebody (no query beyond her rights)."""
    return next((each for each in access.visible_organisations(user) if each.bin == bin_), None)


def unit_tree(user: User | AnonymousUser, organisation: Organisation, *, on: date) -> Tree:
    """Read the tree of units with heads and numbers of people in service on the day.

    2 queries for any tree; 3 for somebody whose rights end at a unit (both beside her rights).
    """
    units = list(
        Unit.objects.filter(organisation=organisation).select_related("head__position", "parent").order_by("pk")
    )
    seen = in_service(access.visible_employees(user).filter(organisation=organisation), on)
    counts = dict(seen.order_by().values_list("unit").annotate(people=Count("pk")))
    whole = access.may_in(user, Ability.SEE, organisation)
    below = _below(units)
    tops = [unit for unit in units if unit.parent_id is None] if whole else _parts(user, organisation, units, below)
    within = {pk for top in tops for pk in _descend(top.pk, below)}

    def node(unit: Unit) -> Node:
        children = tuple(node(child) for child in below[unit.pk])
        people = counts.get(unit.pk, 0)
        head = unit.head
        known = head is not None and (whole or head.unit_id in within)
        left = head is not None and head.employed_until is not None and head.employed_until <= on
        return Node(
            unit=unit,
            people=people,
            total=people + sum(child.total for child in children),
            head=head if known and not left else None,
            head_left=known and left,
            head_hidden=head is not None and not known,
            children=children,
        )

    return Tree(
        whole=whole,
        nodes=tuple(node(top) for top in sorted(tops, key=_by_name)),
        without_unit=counts.get(None, 0),
        total=sum(counts.values()),
    )


def unit_of(organisation: Organisation, pk: int) -> Unit | None:
    """Give a unit of the organisation with its head (1 query)."""
    return (
        Unit.objects.filter(organisation=organisation, pk=pk).select_related("head__position", "organisation").first()
    )


def unit_choices(organisation: Organisation) -> list[tuple[str, str]]:
    """Give the units of an organisation for a field, those below another set in (1 query)."""
    return [(str(unit.pk), "— " * depth + unit.name) for unit, depth in _in_order(_units([organisation]))]


def places(organisations: Iterable[Organisation]) -> list[Where]:
    """Give for a field where a right may lie: each organisation, and each of its units (1 query)."""
    organisations = list(organisations)
    units: dict[int, list[Unit]] = defaultdict(list)
    for unit in _units(organisations):
        units[unit.organisation_id].append(unit)
    return [
        (
            organisation.display_name,
            [
                (f"o{organisation.pk}", _("The whole organisation")),
                *((f"u{unit.pk}", "— " * (depth + 1) + unit.name) for unit, depth in _in_order(units[organisation.pk])),
            ],
        )
        for organisation in organisations
    ]


def people_found(user: User | AnonymousUser, organisation: Organisation, *, words: str, on: date) -> list[Employee]:
    """Find people in service by parts of the name, in any order, or by number: the first few (at most 1 query)."""
    found = in_service(access.visible_employees(user).filter(organisation=organisation), on)
    asked = names.folded(words).split()
    if not asked:
        return []
    for word in asked:
        found = found.filter(search_text__contains=word)
    return list(found.select_related("position", "unit").order_by("sort_key", "pk")[:FOUND_AT_MOST])


def head_chosen(user: User | AnonymousUser, organisation: Organisation, chosen: str) -> Employee | None:
    """Give the person chosen as head among those whom the user sees; nobody for a blank choice (1 query)."""
    if not chosen:
        return None
    people = access.visible_employees(user).filter(organisation=organisation)
    found = people.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    if found is None:
        raise HeadFromElsewhereError
    return found


def with_units_below(units: Iterable[Unit]) -> dict[int, list[Unit]]:
    """Give for each of the units those below it, in the order of the tree (1 query)."""
    units = list(units)
    every = _units([unit.organisation for unit in units])
    below, by_pk = _below(every), {unit.pk: unit for unit in every}
    return {unit.pk: [by_pk[pk] for pk in _descend(unit.pk, below) if pk != unit.pk] for unit in units}


def _units(organisations: Iterable[Organisation]) -> list[Unit]:
    return list(Unit.objects.filter(organisation__in=list(organisations)).order_by("organisation", "pk"))


def _by_name(unit: Unit) -> bytes:
    return names.sort_key(unit.name)


def _below(units: Iterable[Unit]) -> dict[int | None, list[Unit]]:
    below: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in sorted(units, key=_by_name):
        below[unit.parent_id].append(unit)
    return below


def _descend(pk: int, below: dict[int | None, list[Unit]]) -> list[int]:
    found = [pk]
    for child in below[pk]:
        found += _descend(child.pk, below)
    return found


def _in_order(units: Iterable[Unit]) -> list[tuple[Unit, int]]:
    below = _below(units)

    def walk(parent: int | None, depth: int) -> list[tuple[Unit, int]]:
        return [each for unit in below[parent] for each in [(unit, depth), *walk(unit.pk, depth + 1)]]

    return walk(None, 0)


def _parts(
    user: User | AnonymousUser,
    organisation: Organisation,
    units: Iterable[Unit],
    below: dict[int | None, list[Unit]],
) -> list[Unit]:
    """Give the units at which the user's rights begin; one that lies below another is a part of that."""
    granted = {
        grant.unit_id
        for grant in access.rights_of(user).of(access.ABILITIES[Ability.SEE])
        if grant.organisation_id == organisation.pk and grant.unit_id is not None
    }
    covered = {pk for top in granted for pk in _descend(top, below) if pk != top}
    return [unit for unit in units if unit.pk in granted - covered]


# ----------------------------------------------------------------------------------------------------------- services


@transaction.atomic
def organisation_change(
    *, organisation: Organisation, name_kk: str, name_ru: str, name_en: str, sphere: str
) -> Organisation:
    """Change the names and the sphere; the sphere counts for every present post, so that all verdicts follow."""
    other_sphere = organisation.sphere != sphere
    organisation.name_kk = name_kk  # type: ignore[attr-defined]
    organisation.name_ru = name_ru or None  # type: ignore[attr-defined]
    organisation.name_en = name_en or None  # type: ignore[attr-defined]
    organisation.sphere = sphere
    organisation.full_clean(exclude=["name"])
    organisation.save()
    if other_sphere:
        employees = Employee.objects.filter(organisation=organisation).order_by("pk")
        changes.announce(list(employees.values_list("pk", flat=True)))
    return organisation


@transaction.atomic
def unit_add(*, organisation: Organisation, name: str, parent: Unit | None = None) -> Unit:
    """Add a unit to the organisation, or to another unit of it."""
    unit = Unit(organisation=organisation, name=name.strip(), parent=parent)
    _check(unit)
    unit.save()
    return unit


@transaction.atomic
def unit_change(*, unit: Unit, name: str, parent: Unit | None) -> Unit:
    """Rename a unit, or move it with all that lies below it."""
    unit.name, unit.parent = name.strip(), parent
    _check(unit)
    unit.save()
    return unit


@transaction.atomic
def unit_set_head(*, unit: Unit, head: Employee | None) -> Unit:
    """Name the head of a unit, who works in the same organisation; or nobody."""
    if head is not None and not _serves(head, unit.organisation_id):
        raise HeadFromElsewhereError
    unit.head = head
    unit.full_clean()
    unit.save()
    return unit


@transaction.atomic
def unit_delete(*, unit: Unit) -> None:
    """Delete a unit in which nobody works, which holds no unit and which no right names; who has left it keeps her
    history, without the unit from now on."""
    people = Employee.objects.filter(unit=unit).select_for_update().order_by("pk")
    left = list(people.filter(employed_until__lte=timezone.localdate()))
    here = people.count() - len(left)
    units = Unit.objects.filter(parent=unit).count()
    rights = Grant.objects.filter(unit=unit).count() + Invitation.objects.filter(unit=unit, used_at=None).count()
    if here or units or rights:
        raise UnitNotEmptyError(people=here, units=units, rights=rights)
    for employee in left:
        employee.unit = None
        employee.version += 1
        employee.save(update_fields=["unit", "version"])
    changes.announce([employee.pk for employee in left])
    unit.delete()


def _serves(employee: Employee, organisation: int) -> bool:
    today = timezone.localdate()
    until = employee.employed_until
    return employee.organisation_id == organisation and (until is None or until > today)


def _check(unit: Unit) -> None:
    """Refuse a name that is taken, a parent from elsewhere and a circle; the tree stays locked until the change."""
    tree = Unit.objects.filter(organisation=unit.organisation_id).select_for_update().order_by("pk")
    rows = {pk: (name, parent) for pk, name, parent in tree.values_list("pk", "name", "parent")}
    if any(name == unit.name and pk != unit.pk for pk, (name, _parent) in rows.items()):
        raise UnitNameTakenError
    if unit.parent_id is not None and unit.parent_id not in rows:
        raise UnitFromElsewhereError
    above = unit.parent_id
    while above is not None:
        if above == unit.pk:
            raise UnitInsideItselfError
        above = rows[above][1]
    unit.full_clean()
