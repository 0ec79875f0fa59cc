"""Who belongs into the list of a cycle: due by its first day, under its rule-set, and not to be spared then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from simple_history.utils import bulk_create_with_history

from attestation.codes import CaseState
from attestation.cycle import CycleState, Kind
from attestation.cycle_rows import regime_in
from attestation.cycle_services.editing import kept
from attestation.due import Due, Standing, due
from attestation.models import Case, Cycle
from attestation.regime_selectors import RegimeBook, read_attested, read_regimes, service_of
from attestation.regimes import Regime
from employees.models import Employee, User
from employees.selectors import Person, in_service, read_people
from positions.models import Position

#: Rules by which somebody who is due otherwise is not attested yet.
_SPARING = ("least_months_in_post", "months_after_return", "long_absence_months", "exempt_absences")
_DUE = (Standing.DUE, Standing.OVERDUE)
_GOING_ON = (CaseState.PROPOSED, CaseState.LISTED, CaseState.DECIDED, CaseState.APPROVED)
_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A person with where she stands on the first day of a cycle, and whether she is due but for being spared."""

    employee: int
    position: int
    found: Due
    spared: bool
    kind: str = Kind.REGULAR

    @property
    def due(self) -> bool:
        """Tell whether she is to be attested."""
        return self.found.standing in _DUE

    def values(self) -> dict[str, Any]:
        """Give what a case says of why she is in the list or is not."""
        return {
            "state": CaseState.PROPOSED if self.due else CaseState.EXCLUDED,
            "basis": str(self.found.basis),
            "basis_rule": self.found.rule,
            "due_on": self.found.due_on,
            "position_id": self.position,
        }

    def case(self, cycle: Cycle) -> Case:
        """Make a case of it, not saved."""
        return Case(cycle=cycle, employee_id=self.employee, kind=self.kind, **self.values())


def listings(cycle: Cycle, *, user: User) -> None:
    """Write what is proposed for the list into a cycle (14 queries, and 2 for each proposal that is corrected).

    A case that was proposed and that nobody has touched since (its version is the first) follows the records; people
    under attestation in another cycle of the organisation are passed over.
    """
    known = {case.employee_id: case for case in Case.objects.filter(cycle=cycle).order_by("pk")}
    others = Case.objects.filter(
        cycle__organisation=cycle.organisation_id,
        cycle__state__in=(CycleState.DRAFT, CycleState.APPROVED),
        state__in=_GOING_ON,
    )
    elsewhere = set(others.exclude(cycle=cycle).order_by("pk").values_list("employee", flat=True))
    people = Employee.objects.filter(organisation=cycle.organisation_id)
    new = []
    for listing in _judged(cycle, read_people(in_service(people, cycle.starts_on))):
        case = known.get(listing.employee)
        if case is not None:
            _follow(case, listing, user)
        elif listing.employee not in elsewhere and (listing.due or listing.spared):
            new.append(listing.case(cycle))
    if new:
        bulk_create_with_history(new, Case, batch_size=_BATCH, default_user=user, default_change_reason="propose")


def listing_of(cycle: Cycle, employee: Employee) -> Listing | None:
    """Tell where one employee stands on the first day of a cycle; None if she is not in service then (9 queries)."""
    people = Employee.objects.filter(pk=employee.pk, organisation=cycle.organisation_id)
    found = read_people(in_service(people, cycle.starts_on))
    return next(_judged(cycle, found, position=employee.position_id), None)


def _follow(case: Case, listing: Listing, user: User) -> None:
    """Correct a proposal by what the records say now."""
    untouched = case.version == 1 and case.basis and case.kind == Kind.REGULAR
    wanted = listing.values()
    if untouched and any(getattr(case, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(case, name, value)
        kept(case, user=user, reason="propose")


def _judged(cycle: Cycle, people: list[Person], *, position: int | None = None) -> Iterator[Listing]:
    """Judge people by the rule-set of the cycle on its first day (3 queries).

    Those are passed over who hold no post then or one under another rule-set, unless a position is told for them.
    """
    regime, book = regime_in(cycle), read_regimes()
    attested = read_attested([person.pk for person in people] if len(people) <= _BATCH else None)
    codes = dict(Position.objects.order_by("pk").values_list("code", "pk"))
    spare = _without_sparing(regime)
    for person in people:
        post = person.facts.post(cycle.starts_on)
        code = (post.position if post else None) or ""
        if position is None and not (code in codes and _is_under(regime, book, person, code, cycle)):
            continue
        service = service_of(person, attested.get(person.pk, ()), on=cycle.starts_on)
        yield Listing(
            employee=person.pk,
            position=codes.get(code) or position or 0,
            found=due(service, regime, on=cycle.starts_on),
            spared=due(service, spare, on=cycle.starts_on).standing in _DUE,
        )


def _is_under(regime: Regime, book: RegimeBook, person: Person, position: str, cycle: Cycle) -> bool:
    """Tell whether a post is under the rule-set; where an organisation follows none at all, every post is."""
    followed = book.of(person.organisation, position, on=cycle.starts_on)
    if followed is None:
        return not book.choices.get(person.organisation)
    return followed.code == regime.code


def _without_sparing(regime: Regime) -> Regime:
    """Give the rule-set without the rules that spare somebody for a time."""
    return replace(regime, rules={name: rule for name, rule in regime.rules.items() if name not in _SPARING})
