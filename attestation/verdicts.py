"""Stored verdicts: kept with every change of a record or a norm, and renewed when their day has come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from attestation.due import Standing, due, turning_days
from attestation.models import StoredVerdict
from attestation.regime_selectors import RegimeBook, read_attested, read_regimes, service_of
from attestation.services import judge
from employees import experience
from employees.models import Employee
from employees.selectors import Person, read_people
from positions import rules
from positions.ledger import Ledger
from positions.norm_selectors import read_norms

_BATCH = 500


def _nothing() -> dict[str, Any]:
    """Give what is stored where there is no verdict."""
    texts = ("position", "current_level", "current_category", "current_status")
    more = ("next_level", "next_category", "next_status", "obstacle")
    days = ("since", "lapses_on", "reachable_on")
    due_days = ("due_on", "overdue_on")
    return {
        **dict.fromkeys((*texts, *more), ""),
        **dict.fromkeys((*days, *due_days)),
        "other_tracks": [],
        "doubts": [],
        "due_standing": str(Standing.UNKNOWN),
    }


@dataclass(frozen=True)
class Judging:
    """What everybody is judged by: the norms, the rule-sets of attestation, and the attestations on record."""

    norms: rules.Norms
    regimes: RegimeBook
    attested: Mapping[int, tuple[date, ...]]

    def values(self, person: Person, *, on: date) -> dict[str, Any]:
        """Give what is stored of a person: the verdict, and where she stands with the next attestation."""
        values = stored_values(person.facts, self.norms, on=on)
        if not values["listed"]:
            return values
        regime = self.regimes.of(person.organisation, values["position"], on=on)
        service = service_of(person, self.attested.get(person.pk, ()), on=on)
        found = due(service, regime, on=on)
        days = [*turning_days(found, service, regime), *self.regimes.days(person.organisation)]
        ends = [day for day in (values["holds_until"], *days) if day is not None and day > on]
        return values | {
            "due_standing": str(found.standing),
            "due_on": found.due_on,
            "overdue_on": found.overdue_on,
            "holds_until": min(ends, default=None),
        }


def read_judging(employees: Collection[int] | None = None) -> Judging:
    """Read what employees are judged by; without any, everybody (6 queries)."""
    return Judging(read_norms(), read_regimes(), read_attested(employees))


def stored_values(facts: rules.Facts, norms: rules.Norms, *, on: date) -> dict[str, Any]:
    """Give what is stored of the verdict on a day."""
    return verdict_values(judge(facts, norms, on=on), on=on) | {"holds_until": holds_until(facts, norms, on=on)}


def verdict_values(verdict: rules.Verdict | None, *, on: date) -> dict[str, Any]:
    """Give what a verdict says in the shape of a stored one; until when it holds, and attestation, are apart."""
    values = {**_nothing(), "judged_on": on, "listed": verdict is not None}
    if verdict is None:
        return values
    values["position"] = verdict.position
    values["current_status"] = str(verdict.current_status)
    values["other_tracks"] = [[str(key.level), str(key.category)] for key, _status in verdict.other_tracks]
    doubts = sorted(
        {
            (finding.requirement, str(finding.found), finding.code or "")
            for finding in verdict.findings
            if finding.status is rules.Status.UNKNOWN
        }
    )
    values["doubts"] = [list(doubt) for doubt in doubts]
    if verdict.current is not None:
        values |= {
            "current_level": str(verdict.current.key.level),
            "current_category": str(verdict.current.key.category),
            "since": verdict.current.since,
            "lapses_on": verdict.current.valid_until,
        }
    if verdict.next is not None:
        values |= {
            "next_level": str(verdict.next.key.level),
            "next_category": str(verdict.next.key.category),
            "next_status": str(verdict.next.status),
            "reachable_on": verdict.next.reachable_on,
            "obstacle": str(verdict.next.obstacle or ""),
        }
    return values


def holds_until(facts: rules.Facts, norms: rules.Norms, *, on: date) -> date | None:
    """Give the first later day on which time alone could change the verdict; None if none could.

    Such a day is one on which a record or a text begins or ends, or on which an experience that a rung asks for is
    complete. It may come to nothing; what matters is that nothing changes before it.
    """
    days = set(_recorded_days(facts))
    for code in {work.position for work in facts.work if work.position}:
        for member in norms.family(code):
            norm = norms.positions.get(member)
            for edition in norm.editions if norm else ():
                days.add(edition.valid_from)
                if edition.valid_until is not None:
                    days.add(edition.valid_until)
    days.update(_days_of_experience(facts.known_on(on), norms, on))
    return min((day for day in days if day > on), default=None)


def _recorded_days(facts: rules.Facts) -> Iterable[date]:
    periods = [facts.service, *(work.period for work in facts.work), *(absence.period for absence in facts.absences)]
    for period in periods:
        yield period.start
        if period.end is not None:
            yield period.end
    for diploma in facts.education:
        yield diploma.graduated_on
        if diploma.recognised_on is not None:
            yield diploma.recognised_on
    for award in facts.awards:
        yield award.awarded_on
        if award.valid_until is not None:
            yield award.valid_until
    for certificate in facts.certificates:
        yield certificate.issued_on
        if certificate.valid_until is not None:
            yield certificate.valid_until


def _days_of_experience(facts: rules.Facts, norms: rules.Norms, on: date) -> Iterable[date]:
    post = facts.post(on)
    if post is None or post.position is None:
        return
    edition = norms.text(post.position, on)
    if edition is None:
        return
    family = norms.family(post.position)
    awards = tuple(award for award in facts.awards if award.position in family)
    ledger = Ledger(facts=facts, norms=norms, edition=edition, family=family, awards=awards, counting=experience)
    seen = {norm for rung in edition.rungs for pathway in rung.pathways for norm in pathway.experience}
    for norm in seen:
        if rules.UNNAMED in norm.spheres:
            continue
        periods = [item.period for item in ledger.counted(norm)]
        day = experience.complete_on(periods, years=norm.years, after=on)
        if day is not None:
            yield day


# ------------------------------------------------------------------------------------------------------------ keeping


@transaction.atomic
def verdicts_keep(employees: Collection[int], *, on: date | None = None) -> int:
    """Judge employees anew and store the verdicts; gives how many (14 queries and one for each 500 people)."""
    on = on or timezone.localdate()
    rows: list[StoredVerdict] = []
    chosen = list(employees)
    judging = read_judging(chosen if len(chosen) <= _BATCH else None)
    for start in range(0, len(chosen), _BATCH * 10):
        part = chosen[start : start + _BATCH * 10]
        people = read_people(Employee.objects.filter(pk__in=part))
        rows += [StoredVerdict(employee_id=each.pk, **judging.values(each, on=on)) for each in people]
    fields = [field.name for field in StoredVerdict._meta.fields if field.name != "employee"]
    StoredVerdict.objects.bulk_create(
        rows, batch_size=_BATCH, update_conflicts=True, unique_fields=["employee"], update_fields=fields
    )
    return len(rows)


def verdicts_renew(*, on: date | None = None) -> int:
    """Renew the verdicts whose day has come and judge whoever has none; gives how many (1 query where none is due)."""
    on = on or timezone.localdate()
    due = Employee.objects.filter(
        Q(verdict__isnull=True) | Q(verdict__holds_until__lte=on) | Q(verdict__judged_on__gt=on)
    )
    numbers = list(due.order_by("pk").values_list("pk", flat=True))
    return verdicts_keep(numbers, on=on) if numbers else 0


def verdicts_of_everybody_keep() -> int:
    """Judge everybody anew, after a change of a rule-set."""
    return verdicts_keep(list(Employee.objects.order_by("pk").values_list("pk", flat=True)))


def verdicts_of_positions_keep(codes: Collection[str]) -> int:
    """Judge anew whoever holds or held one of these positions, or one that counts as the same (reading 6)."""
    norms = read_norms()
    family = {member for code in codes for member in norms.family(code)}
    concerned = Employee.objects.filter(Q(position__code__in=family) | Q(work_history__position__code__in=family))
    return verdicts_keep(list(concerned.order_by("pk").values_list("pk", flat=True).distinct()))


def verdicts_verify(*, on: date) -> list[tuple[int, dict[str, tuple[Any, Any]]]]:
    """Compare every stored verdict with one judged anew; gives the employees that differ, and in what."""
    judging = read_judging()
    stored = {row.employee_id: row for row in StoredVerdict.objects.all()}
    differing = []
    for person in read_people(Employee.objects.all()):
        row = stored.get(person.pk)
        wanted = judging.values(person, on=on)
        if row is None:
            differing.append((person.pk, {"employee": (None, person.pk)}))
            continue
        wrong = {
            name: (getattr(row, name), value)
            for name, value in wanted.items()
            if name not in ("judged_on", "holds_until") and getattr(row, name) != value
        }
        if row.judged_on > on or (row.holds_until is not None and row.holds_until <= on):
            wrong["holds_until"] = (row.holds_until, on)
        if wrong:
            differing.append((person.pk, wrong))
    return differing
