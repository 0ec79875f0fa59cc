"""When the next attestation is due: both sides of every day, by the rule-sets on file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from attestation.changes import announce
from attestation.due import Basis, Due, Service, Standing, due, turning_days
from attestation.models import AttestationRecord, OrganisationRegime, Regime, StoredVerdict
from attestation.regime_files import RegimesRefusedError, load_regimes, read_regime_file
from attestation.regime_selectors import read_regimes, regime_of
from attestation.regimes import Regime as PureRegime
from attestation.regimes import RegimeDocumentError, read_rules
from attestation.verdicts import verdicts_renew, verdicts_verify
from attestation.working_days import is_working_day
from employees.models import Employee, Organisation
from positions.rules import Absence, Period
from tests.factories import AbsenceFactory, AwardFactory, EmployeeFactory

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "regimes"


def regime(letter: str) -> PureRegime:
    """Give a rule-set of the files."""
    told = read_regime_file(FOLDER / f"{letter}.yaml")
    return regime_of(told.document, code=told.code, valid_from=told.valid_from)


def served(**told: Any) -> Service:
    """Give a service from 1 February 2020, in the post from the first day."""
    return Service(**{"hired_on": date(2020, 2, 1), "appointed_on": date(2020, 2, 1), **told})


def absent(kind: str, start: date, end: date | None) -> Absence:
    """Give an absence up to, not including, `end`."""
    return Absence(kind=kind, period=Period(start, end))


def general(service: Service, on: date) -> Due:
    """Judge by the general rules."""
    return due(service, regime("a"), on=on)


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (date(2023, 1, 31), Standing.NOT_YET),
        (date(2023, 2, 1), Standing.DUE),
        (date(2023, 8, 1), Standing.DUE),
        (date(2023, 8, 2), Standing.OVERDUE),
    ],
    ids=str,
)
def test_three_years_after_hiring_it_is_due_and_six_months_later_overdue(on: date, standing: Standing) -> None:
    """General rules, clause 8."""
    found = general(served(), on)
    assert (found.standing, found.due_on, found.overdue_on) == (standing, date(2023, 2, 1), date(2023, 8, 2))
    assert found.basis is Basis.SERVICE


def test_the_last_attestation_counts_and_not_the_first() -> None:
    attested = (date(2020, 6, 1), date(2023, 6, 15))
    found = general(served(attested_on=attested), date(2026, 6, 14))
    assert (found.standing, found.due_on, found.basis) == (
        Standing.NOT_YET,
        date(2026, 6, 15),
        Basis.LAST_ATTESTATION,
    )


def test_an_award_counts_as_an_attestation_where_it_is_the_later() -> None:
    found = general(served(attested_on=(date(2021, 1, 1),), awarded_on=(date(2022, 3, 1),)), date(2025, 3, 1))
    assert (found.standing, found.basis, found.counted_from) == (Standing.DUE, Basis.LAST_AWARD, date(2022, 3, 1))


def test_what_is_dated_after_the_day_does_not_count_yet() -> None:
    found = general(served(attested_on=(date(2024, 1, 1),)), date(2023, 12, 31))
    assert (found.standing, found.due_on) == (Standing.OVERDUE, date(2023, 2, 1))


@pytest.mark.parametrize(("on", "standing"), [(date(2023, 6, 30), Standing.NOT_YET), (date(2023, 7, 1), Standing.DUE)])
def test_nobody_is_attested_before_six_months_in_the_post(on: date, standing: Standing) -> None:
    found = general(served(appointed_on=date(2023, 1, 1)), on)
    assert (found.standing, found.basis, found.rule) == (standing, Basis.TIME_IN_POST, "least_months_in_post")


def test_social_workers_wait_a_year_in_the_post() -> None:
    found = due(served(appointed_on=date(2023, 1, 1)), regime("c"), on=date(2023, 7, 1))
    assert (found.standing, found.due_on, found.overdue_on) == (Standing.NOT_YET, date(2024, 1, 1), None)


def test_a_rule_set_without_a_latest_day_is_never_overdue() -> None:
    assert due(served(), regime("d"), on=date(2040, 1, 1)).standing is Standing.DUE


@pytest.mark.parametrize(
    ("end", "due_on"),
    [(date(2023, 1, 1), date(2023, 2, 1)), (date(2023, 1, 2), date(2023, 7, 2))],
    ids=["six months", "six months and a day"],
)
def test_after_more_than_six_months_away_six_months_are_waited_for(end: date, due_on: date) -> None:
    absence = absent("incapacity", date(2022, 7, 1), end)
    assert general(served(absences=(absence,)), date(2023, 1, 15)).due_on == due_on


def test_two_absences_that_touch_are_one() -> None:
    absences = (
        absent("incapacity", date(2022, 7, 1), date(2022, 10, 1)),
        absent("unpaid_leave", date(2022, 10, 1), date(2023, 1, 15)),
    )
    assert general(served(absences=absences), date(2023, 1, 20)).due_on == date(2023, 7, 15)


def test_child_care_leave_of_any_length_delays_by_the_rules_with_a_category_and_illness_does_not() -> None:
    for kind, day in (("parental_leave", date(2023, 6, 1)), ("incapacity", date(2023, 2, 1))):
        absences = (absent(kind, date(2022, 1, 1), date(2022, 12, 1)),)
        assert due(served(absences=absences), regime("b"), on=date(2023, 1, 1)).due_on == day, kind


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (date(2024, 2, 29), Standing.OVERDUE),
        (date(2024, 3, 1), Standing.EXEMPT),
        (date(2024, 3, 31), Standing.EXEMPT),
        (date(2024, 4, 1), Standing.OVERDUE),
    ],
    ids=str,
)
def test_unpaid_leave_exempts_while_it_lasts(on: date, standing: Standing) -> None:
    found = general(served(absences=(absent("unpaid_leave", date(2024, 3, 1), date(2024, 4, 1)),)), on)
    assert found.standing is standing


def test_unpaid_leave_does_not_exempt_by_the_rules_with_a_category() -> None:
    leave = (absent("unpaid_leave", date(2024, 3, 1), date(2024, 4, 1)),)
    assert due(served(absences=leave), regime("b"), on=date(2024, 3, 10)).standing is Standing.OVERDUE


@pytest.mark.parametrize(
    ("on", "standing"), [(date(2024, 7, 1), Standing.OVERDUE), (date(2024, 7, 2), Standing.EXEMPT)], ids=str
)
def test_whoever_is_ill_for_more_than_six_months_is_waited_for(on: date, standing: Standing) -> None:
    found = general(served(absences=(absent("incapacity", date(2024, 1, 1), None),)), on)
    assert found.standing is standing


def test_without_a_rule_set_it_is_unknown() -> None:
    assert due(served(), None, on=date(2026, 1, 1)) == Due(standing=Standing.UNKNOWN, basis=Basis.NO_REGIME)


_DAYS = st.dates(date(2019, 1, 1), date(2030, 1, 1))
_ABSENCES = st.builds(
    lambda kind, start, length: absent(kind, start, start + timedelta(days=length)),
    st.sampled_from(["parental_leave", "incapacity", "unpaid_leave", "business_trip"]),
    _DAYS,
    st.integers(1, 500),
)


@given(
    st.lists(_DAYS, max_size=3),
    st.lists(_ABSENCES, max_size=3),
    _DAYS,
    st.integers(0, 900),
    st.sampled_from("abcd"),
)
def test_nothing_changes_before_a_turning_day(
    attested: list[date], absences: list[Absence], on: date, days: int, letter: str
) -> None:
    service = served(hired_on=date(2018, 1, 1), attested_on=tuple(attested), absences=tuple(absences))
    rules = regime(letter)
    found = due(service, rules, on=on)
    edges = {day for absence in absences for day in (absence.period.start, absence.period.end)} | set(attested)
    turns = [day for day in {*turning_days(found, service, rules), *edges} if day and day > on]
    later = min(on + timedelta(days=days), min(turns, default=date.max) - timedelta(days=1))
    if later >= on:
        again = due(service, rules, on=later)
        assert (again.standing, again.due_on, again.overdue_on) == (found.standing, found.due_on, found.overdue_on)


# ------------------------------------------------------------------------------------------------------ in the database


@pytest.fixture
def follows(organisation: Organisation) -> Callable[..., OrganisationRegime]:
    """Let the organisation follow a rule-set."""

    def choose(code: str, **told: Any) -> OrganisationRegime:
        row = Regime.objects.get(code=code)
        chosen = OrganisationRegime.objects.create(
            organisation=organisation, regime=row, valid_from=told.pop("valid_from", date(2015, 1, 1)), **told
        )
        announce()
        return chosen

    return choose


def stored(employee: Employee, on: date) -> StoredVerdict:
    """Give what is stored of a person on a day."""
    verdicts_renew(on=on)
    return StoredVerdict.objects.get(employee=employee)


@pytest.mark.django_db
def test_what_is_stored_follows_the_rule_set_the_record_and_the_day(
    organisation: Organisation, follows: Callable[..., OrganisationRegime]
) -> None:
    employee = EmployeeFactory(organisation=organisation, hired_on=date(2020, 2, 1))
    announce([employee.pk])
    assert stored(employee, date(2026, 1, 1)).due_standing == "unknown"
    follows("general")
    row = stored(employee, date(2026, 1, 1))
    assert (row.due_standing, row.due_on, row.overdue_on) == ("overdue", date(2023, 2, 1), date(2023, 8, 2))
    AttestationRecord.objects.create(employee=employee, held_on=date(2025, 12, 1), decision="fits")
    announce([employee.pk])
    assert stored(employee, date(2026, 1, 2)).due_on == date(2028, 12, 1)
    assert stored(employee, date(2028, 12, 1)).due_standing == "due"
    assert verdicts_verify(on=date(2028, 12, 1)) == []


@pytest.mark.django_db
def test_a_rule_set_for_a_position_wins_over_the_general_one(
    organisation: Organisation, follows: Callable[..., OrganisationRegime]
) -> None:
    follows("general")
    follows("social-workers", positions=["360/2.3"])
    book = read_regimes()
    assert getattr(book.of(organisation.bin, "360/2.3", on=date(2026, 1, 1)), "code", "") == "social-workers"
    assert getattr(book.of(organisation.bin, "360/2.4", on=date(2026, 1, 1)), "code", "") == "general"
    assert book.of(organisation.bin, "360/2.4", on=date(2014, 12, 31)) is None
    assert book.of("000000000000", "360/2.4", on=date(2026, 1, 1)) is None


@pytest.mark.django_db
def test_an_annulled_award_counts_for_nothing(
    organisation: Organisation, follows: Callable[..., OrganisationRegime]
) -> None:
    employee = EmployeeFactory(organisation=organisation, hired_on=date(2020, 2, 1))
    AbsenceFactory(employee=employee)
    award = AwardFactory(employee=employee, awarded_on=date(2024, 2, 1))
    follows("general")
    assert stored(employee, date(2026, 1, 1)).due_on == date(2027, 2, 1)
    award.annulled_on = date(2026, 1, 1)
    award.save()
    announce([employee.pk])
    row = stored(employee, date(2026, 1, 1))
    assert (row.due_on, row.current_category) == (date(2023, 2, 1), "")


@pytest.mark.django_db
def test_loading_the_rule_sets_again_changes_nothing_and_spares_what_editors_own(tmp_path: Path) -> None:
    assert load_regimes(FOLDER) == []
    told = (FOLDER / "d.yaml").read_text(encoding="utf-8").replace("36", "24")
    (tmp_path / "d.yaml").write_text(told, encoding="utf-8")
    assert load_regimes(tmp_path) == ["career-centres"]
    Regime.objects.filter(code="career-centres").update(version=2)
    assert load_regimes(FOLDER) == []


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("no_such_rule", {"value": 1, "clause": "1"}, "no such rule"),
        ("period_months", {"value": 36}, "clause is missing"),
        ("period_months", {"value": "3 years", "clause": "8"}, "whole number"),
        ("period_months", {"value": True, "clause": "8"}, "whole number"),
        ("period_months", 36, "a value and a clause"),
        ("quorum", {"value": "5/4", "clause": "22"}, "part of the whole"),
        ("quorum", {"value": "most", "clause": "22"}, "fraction"),
        ("testing", {"value": "perhaps", "clause": "9"}, "yes or no"),
        ("tie", {"value": "coin", "clause": "30"}, "not one of"),
        ("marks", {"value": [{"code": "5"}], "clause": "25"}, "at least two"),
        ("marks", {"value": [{"code": "5"}, {"code": "5"}], "clause": "25"}, "one code"),
        ("marks", {"value": [{"code": "5", "decision": "perhaps"}, {"code": "4"}], "clause": "25"}, "not one of"),
        ("tie", {"value": "chair_decides", "clause": "30", "act": "constitution"}, "not one of"),
    ],
)
def test_a_rule_that_nobody_can_follow_is_refused_by_name(name: str, body: Any, reason: str) -> None:
    with pytest.raises(RegimeDocumentError, match=reason) as refused:
        read_rules({name: body})
    assert refused.value.rule == name


@pytest.mark.parametrize(
    "text", ["- no mapping", "code: [", "code: x\nvalid_from: 2020-01-01\nrules: {tie: {value: 5}}"]
)
def test_a_file_that_is_no_rule_set_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegimesRefusedError, match=r"wrong\.yaml"):
        read_regime_file(path)


def test_only_the_two_rule_sets_read_in_full_can_open_a_cycle() -> None:
    assert [bool(regime(letter).open_rules) for letter in "abcd"] == [False, False, True, True]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 12, 16), False),
        (date(2026, 3, 25), False),
        (date(2026, 3, 26), True),
    ],
    ids=str,
)
def test_weekends_and_state_holidays_are_no_working_days(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_days_moved_by_the_government_are_told_by_settings(settings: Any) -> None:
    settings.DAYS_OFF, settings.DAYS_WORKED = {date(2026, 11, 20)}, {date(2026, 11, 21)}
    assert (is_working_day(date(2026, 11, 20)), is_working_day(date(2026, 11, 21))) == (False, True)
