"""Who could hold what: the two directions agree, and both say what a real transfer would."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from attestation import succession
from attestation.services import evaluate_employee, judge
from attestation.succession import candidates, has_text, openings
from attestation.suppositions import entrance, entry, missing
from employees.facts import present_post
from employees.models import Employee, Organisation, ReadLog, Unit, User
from employees.names import sort_key
from employees.selectors import in_service
from employees.services import employee_transfer
from employees.services.employment import Post
from positions import rules
from positions.norm_selectors import read_norms
from positions.rules import Category, Facts, Period, Status
from positions.scales import STATUS_RANK
from tests import law
from tests.factories import (
    AwardFactory,
    CertificateFactory,
    EducationFactory,
    EmployeeFactory,
    GrantFactory,
    UnitFactory,
    UserFactory,
    full_record,
    position,
)
from tests.test_evaluate import _people as invented
from tests.test_properties import ANYBODY, HEADS, LADDERS, ON, climbers

#: The session, the user and her rights.
WHO_ASKS = 3


def _enter(facts: Facts, code: str, on: date = ON) -> Any:
    into = entrance(law.norms(), position=code, on=on)
    return entry(facts, into) if into else None


def _transferred(facts: Facts, code: str, level: rules.Level | None) -> Facts:
    """Give what would be on file after a transfer on the day, with no category left in force."""
    *earlier, present = facts.work
    family = law.norms().family(code)
    left = replace(present, present=False, period=Period(present.period.start, ON))
    posts = (left,) if present.period.start < ON else ()
    return replace(
        facts,
        awards=tuple(award for award in facts.awards if award.position not in family or not award.in_force(ON)),
        work=(
            *earlier,
            *posts,
            present_post(
                position=code, level=level or "", appointed_on=ON, until=facts.service.end, sphere=present.sphere
            ),
        ),
    )


# ---------------------------------------------------------------------------------------------------------- pure rules


@hypothesis_settings(max_examples=300)
@given(ANYBODY | climbers(), st.sampled_from(LADDERS + HEADS))
def test_an_entry_is_the_best_of_what_transferring_would_give(facts: Facts, code: str) -> None:
    edition = law.norms().text(code, ON)
    assert edition is not None
    levels = [rung.key.level for rung in edition.rungs if rung.key.category in (None, Category.NONE)]
    real = {level: judge(_transferred(facts, code, level), law.norms(), on=ON) for level in levels}
    found = _enter(facts, code)
    assert found.status == min(
        (verdict.current_status for verdict in real.values() if verdict), key=STATUS_RANK.__getitem__
    )
    chosen = real[found.level]
    assert chosen is not None
    assert chosen.current_status is found.status
    assert chosen.findings_about("current") == found.verdict.findings
    assert found.verdict.next is None
    assert found.verdict.edition == edition
    held = next(work.position for work in facts.work if work.present)
    assert found.held is (held in law.norms().family(code))


@hypothesis_settings(max_examples=200)
@given(ANYBODY, st.sampled_from(LADDERS + HEADS))
def test_nothing_is_missing_exactly_where_it_is_met(facts: Facts, code: str) -> None:
    found = _enter(facts, code)
    parts = missing(found.verdict)
    assert (not parts) is (found.status is Status.MET)
    if parts:
        assert rules.all_of(part.status for part in parts) is found.status
    assert len({(part.requirement, part.code) for part in parts}) == len(parts)


def _told(**more: Any) -> Facts:
    return law.facts({"hired_on": date(2020, 2, 1), **more}, position="360/2.9")


DIPLOMA = {"level": "higher", "fields": ["social"], "graduated_on": date(2019, 6, 30)}
VOCATIONAL = {**DIPLOMA, "level": "technical_vocational"}
SWIMS = {"kind": "swimming", "issued_on": date(2024, 1, 1)}
CASES: list[tuple[str, str, dict[str, Any], Status, rules.Level | None, list[tuple[str, str | None, str]]]] = [
    ("met at the highest level", "360/2.3", {"education": [DIPLOMA]}, Status.MET, rules.Level.HIGHEST, []),
    ("met at the average level", "360/2.3", {"education": [VOCATIONAL]}, Status.MET, rules.Level.AVERAGE, []),
    (
        "unknown without any education document",
        "360/2.3",
        {},
        Status.UNKNOWN,
        rules.Level.HIGHEST,
        [("education", None, "unknown")],
    ),
    (
        "not met below the levels named",
        "360/2.3",
        {"education": [{**DIPLOMA, "level": "general_secondary"}]},
        Status.NOT_MET,
        rules.Level.HIGHEST,
        [("education", None, "not_met")],
    ),
    (
        "unknown without a record of swimming",
        "360/2.5",
        {"education": [DIPLOMA]},
        Status.UNKNOWN,
        rules.Level.HIGHEST,
        [("certificate", "swimming", "unknown")],
    ),
    (
        "not met with a certificate that ended yesterday",
        "360/2.5",
        {
            "education": [DIPLOMA],
            "certificates": [{**SWIMS, "valid_until": ON - timedelta(days=1)}],
        },
        Status.NOT_MET,
        rules.Level.HIGHEST,
        [("certificate", "swimming", "not_met")],
    ),
    (
        "met with a certificate that ends today",
        "360/2.5",
        {
            "education": [DIPLOMA],
            "certificates": [{**SWIMS, "valid_until": ON}],
        },
        Status.MET,
        rules.Level.HIGHEST,
        [],
    ),
    (
        "a head's post without the years is not met",
        "360/1.10",
        {"education": [DIPLOMA], "hired_on": date(2025, 1, 1)},
        Status.NOT_MET,
        None,
        [("experience", None, "not_met")],
    ),
]


@pytest.mark.parametrize(
    ("code", "facts", "status", "level", "parts"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_cases(
    code: str,
    facts: dict[str, Any],
    status: Status,
    level: rules.Level | None,
    parts: list[tuple[str, str | None, str]],
) -> None:
    found = _enter(_told(**facts), code)
    assert (found.status, found.level) == (status, level)
    assert [(part.requirement, part.code, part.status) for part in missing(found.verdict)] == parts


def test_a_category_in_force_is_told_and_left_out() -> None:
    held = {"position": "31/3.6", "level": "highest", "category": "first", "awarded_on": date(2024, 1, 1)}
    found = _enter(_told(education=[DIPLOMA], categories=[held]), "360/2.3")
    assert found.award is not None
    assert (found.award.category, found.level) == (Category.FIRST, rules.Level.HIGHEST)
    assert found.verdict.current.key.category is Category.NONE
    lapsed = _enter(_told(education=[DIPLOMA], categories=[{**held, "valid_until": date(2025, 1, 1)}]), "360/2.3")
    assert lapsed.award is None


def test_a_position_that_continues_the_post_held_is_held() -> None:
    facts = law.facts({"hired_on": date(2016, 1, 1)}, position="31/3.5")
    assert _enter(facts, "360/2.9").held
    assert not _enter(facts, "360/2.3").held


def test_nobody_enters_a_position_without_a_text_or_out_of_service() -> None:
    assert entrance(law.norms(), position="360/2.3", on=date(2020, 1, 1)) is None
    assert _enter(_told(), "360/2.3", date(2012, 8, 1)) is None
    assert _enter(_told(dismissed_on=ON - timedelta(days=1)), "360/2.3") is None
    assert _enter(_told(dismissed_on=ON), "360/2.3") is not None


def test_every_position_is_judged_in_less_than_a_tenth_of_a_second() -> None:
    facts = _told(education=[DIPLOMA], certificates=[SWIMS])
    codes = [code for code in law.norms().positions if has_text(law.norms(), code, ON)]
    assert len(codes) == 27
    seconds = []
    for _round in range(3):
        start = time.process_time()
        assert all(_enter(facts, code) for code in codes)
        seconds.append(time.process_time() - start)
    assert min(seconds) < 0.1


# ------------------------------------------------------------------------------------------------------ both directions


@pytest.mark.django_db
def test_both_directions_say_the_same() -> None:
    invented(40)
    norms = read_norms()
    people = in_service(Employee.objects.all(), ON)
    by_person = {
        (employee.pk, each.position.code): (each.entry.status, each.entry.level, each.entry.held)
        for employee in people
        for each in openings(employee, on=ON)
    }
    by_position = {}
    for code in {code for _pk, code in by_person}:
        into = entrance(norms, position=code, on=ON)
        assert into is not None
        for pk, each in candidates(people, into).shown:
            by_position[pk, code] = (each.status, each.level, each.held)
    assert by_person == by_position
    assert {status for status, _level, _held in by_person.values()} == set(Status)
    assert any(held for _status, _level, held in by_person.values())


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["360/2.3", "360/1.10"])
def test_what_is_said_is_what_a_real_transfer_gives(code: str, organisation: Organisation, hr: User) -> None:
    employee = EmployeeFactory(organisation=organisation, position=position("360/2.9"), level="highest")
    EducationFactory(employee=employee)
    AwardFactory(employee=employee)
    found = next(each.entry for each in openings(employee, on=ON) if each.position.code == code)
    post = Post(position=position(code), level=str(found.level or ""), unit=None)
    told = {"version": employee.version, "order_number": "1", "user": hr, "within": Employee.objects.all()}
    employee_transfer(employee=employee, on=ON, post=post, **told)
    judged = evaluate_employee(employee, on=ON)
    assert judged is not None
    assert judged.verdict.current_status is found.status
    assert (judged.verdict.current and judged.verdict.current.key.level) == found.level


# ---------------------------------------------------------------------------------------------------------- the pages


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def _words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


@pytest.fixture
def staff(organisation: Organisation, unit: Unit) -> dict[str, Employee]:
    """People of every status for 360/2.3, and one who holds it."""
    names = {
        "holds": ("Абаев", "360/2.3"),
        "fits too": ("Өтегенов", "360/2.9"),
        "fits": ("Оразов", "360/2.9"),
        "unknown": ("Асқаров", "360/2.9"),
        "wrong": ("Аманов", "360/2.9"),
    }
    found = {
        who: EmployeeFactory(
            organisation=organisation,
            unit=unit if who != "fits too" else None,
            last_name=name,
            position=position(code),
            level="highest",
            iin="",
        )
        for who, (name, code) in names.items()
    }
    for who in ("holds", "fits", "fits too"):
        EducationFactory(employee=found[who])
    EducationFactory(employee=found["wrong"], level="general_secondary", fields=[])
    return found


def _listed(response: Any) -> list[str]:
    return re.findall(r'data-personnel-number="(\w+)"', response.content.decode())


def _numbers(staff: dict[str, Employee], *who: str) -> list[str]:
    return [staff[each].personnel_number for each in who]


ASKED = "/succession/?position=360/2.3&on=2026-11-22"


@pytest.mark.django_db
def test_the_best_come_first_then_by_name_and_the_holder_last(
    client: Client, hr: User, staff: dict[str, Employee]
) -> None:
    assert sort_key("Оразов") < sort_key("Өтегенов")
    client.force_login(hr)
    page = client.get(ASKED)
    assert _listed(page) == _numbers(staff, "fits", "fits too", "unknown", "wrong", "holds")
    assert "✓ met 2 ? unknown 1 ✕ not met 1 Hold it already: 1" in _words(page)
    assert _words(page).count("Holds this position on the day") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("&status=met", ["fits", "fits too", "holds"]),
        ("&status=unknown", ["unknown"]),
        ("&status=not_met", ["wrong"]),
        ("&unit=-", ["fits too"]),
        ("&unit={unit}", ["fits", "unknown", "wrong", "holds"]),
        ("&unit={unit}&status=met", ["fits", "holds"]),
        ("&unit=999999", ["fits", "fits too", "unknown", "wrong", "holds"]),
        ("&status=fine", ["fits", "fits too", "unknown", "wrong", "holds"]),
        ("&organisation=000000000000", ["fits", "fits too", "unknown", "wrong", "holds"]),
    ],
)
def test_the_people_can_be_narrowed(
    query: str, who: list[str], client: Client, hr: User, staff: dict[str, Employee], unit: Unit
) -> None:
    client.force_login(hr)
    page = client.get(ASKED + query.format(unit=unit.pk))
    assert _listed(page) == _numbers(staff, *who)
    wrong = any(part in query for part in ("999999", "fine", "000000"))
    assert ('role="alert"' in page.content.decode()) is wrong


@pytest.mark.django_db
def test_a_unit_brings_those_below_it(client: Client, hr: User, organisation: Organisation, unit: Unit) -> None:
    below = UnitFactory(organisation=organisation, parent=unit, name="Төменгі топ")
    inside = EmployeeFactory(organisation=organisation, unit=below)
    EmployeeFactory(organisation=organisation)
    client.force_login(hr)
    assert _listed(client.get(f"{ASKED}&unit={unit.pk}")) == [inside.personnel_number]


@pytest.mark.django_db
def test_only_those_in_service_whom_the_reader_may_see_are_listed(
    client: Client, manager: User, stranger: User, staff: dict[str, Employee], organisation: Organisation, unit: Unit
) -> None:
    EmployeeFactory(organisation=organisation, unit=unit, employed_until=date(2026, 11, 22))
    EmployeeFactory(organisation=organisation, unit=unit, hired_on=date(2026, 11, 23))
    client.force_login(manager)
    assert _listed(client.get(ASKED)) == _numbers(staff, "fits", "unknown", "wrong", "holds")
    client.force_login(stranger)
    page = client.get(f"{ASKED}&organisation={organisation.bin}")
    assert _listed(page) == []
    assert "You see no organisation with this number" in _words(page)
    assert organisation.name_ru not in _words(page)


@pytest.mark.django_db
def test_a_reader_of_several_organisations_chooses_one_before_a_unit(
    client: Client, hr: User, organisation: Organisation, other_organisation: Organisation, unit: Unit
) -> None:
    GrantFactory(user=hr, organisation=other_organisation)
    here, there = (
        EmployeeFactory(organisation=organisation, unit=unit),
        EmployeeFactory(organisation=other_organisation),
    )
    client.force_login(hr)
    both = client.get(ASKED)
    assert set(_listed(both)) == {here.personnel_number, there.personnel_number}
    assert 'name="unit"' not in both.content.decode()
    one = client.get(f"{ASKED}&organisation={organisation.bin}")
    assert _listed(one) == [here.personnel_number]
    assert 'name="unit"' in one.content.decode()


@pytest.mark.django_db
def test_too_many_people_are_not_judged_at_once(
    client: Client, hr: User, staff: dict[str, Employee], monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(hr)
    for limit, told in ((5, False), (4, True)):
        monkeypatch.setattr(succession, "JUDGED_AT_MOST", limit)
        page = client.get(ASKED)
        assert (_listed(page) == []) is told
        assert ("Choose a structural unit." in _words(page)) is told
        assert ("Here are 5 people" in _words(page)) is told


@pytest.mark.django_db
def test_a_long_list_has_pages(client: Client, hr: User, organisation: Organisation) -> None:
    for _turn in range(51):
        EmployeeFactory(organisation=organisation)
    client.force_login(hr)
    first, second = client.get(ASKED), client.get(f"{ASKED}&page=2")
    assert (len(_listed(first)), len(_listed(second))) == (50, 1)
    assert not set(_listed(first)) & set(_listed(second))
    assert "Page 1 of 2" in _words(first)
    assert _listed(client.get(f"{ASKED}&page=none")) == _listed(first)


@pytest.mark.django_db
def test_what_is_left_open_is_asked_for(client: Client, hr: User, staff: dict[str, Employee]) -> None:
    client.force_login(hr)
    assert "Choose a position:" in _words(client.get("/succession/"))
    assert "There is no such choice here" in _words(client.get("/succession/?position=360/9.9"))
    assert "No text of this position is on file for this day" in _words(
        client.get("/succession/?position=360/2.3&on=2020-06-01")
    )
    assert "Nobody fits all that is asked" in _words(client.get("/succession/?position=360/2.3&on=2012-08-01"))


@pytest.mark.django_db
def test_a_user_without_rights_is_told_what_to_do(client: Client) -> None:
    client.force_login(UserFactory())
    assert "Ask an administrator to give you a right" in _words(client.get(ASKED))


@pytest.mark.django_db
def test_positions_come_best_first_with_what_is_missing(client: Client, hr: User, staff: dict[str, Employee]) -> None:
    client.force_login(hr)
    page = client.get(f"/employees/{staff['fits'].pk}/positions/?on=2026-11-22")
    shown = page.context["openings"]
    assert len(shown) == 27
    keys = [(STATUS_RANK[each.entry.status], each.position.order) for each in shown]
    assert keys == sorted(keys)
    row = re.search(r'<tr data-position="360/2.5">.*?</tr>', page.content.decode(), re.DOTALL)
    assert row is not None
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", row[0])).strip() == (
        "Swimming instructor (360/2.5) ? unknown highest qualification level Ability to swim ? unknown What if"
    )
    assert _words(page).count("Holds this position on the day") == 1


@pytest.mark.django_db
def test_positions_can_be_narrowed(client: Client, hr: User, staff: dict[str, Employee]) -> None:
    client.force_login(hr)
    address = f"/employees/{staff['fits'].pk}/positions/?on=2026-11-22"
    heads = position("360/1.1").chapter
    assert {each.position.chapter for each in client.get(f"{address}&chapter={heads.pk}").context["openings"]} == {
        heads
    }
    assert {each.entry.status for each in client.get(f"{address}&status=met").context["openings"]} == {Status.MET}
    assert len(client.get(f"{address}&chapter=999").context["openings"]) == 27
    nothing = client.get(f"/employees/{staff['unknown'].pk}/positions/?on=2026-11-22&status=met")
    assert "No position fits all that is asked" in _words(nothing)


@pytest.mark.django_db
@pytest.mark.parametrize("on", ["2020-06-01", "2012-01-01"])
def test_a_day_without_texts_or_service_has_no_positions(
    on: str, client: Client, hr: User, staff: dict[str, Employee]
) -> None:
    client.force_login(hr)
    page = client.get(f"/employees/{staff['fits'].pk}/positions/?on={on}")
    assert "Nothing can be judged for this day" in _words(page)


@pytest.mark.django_db
def test_every_position_leads_to_the_transfer_supposed(client: Client, hr: User, staff: dict[str, Employee]) -> None:
    """What the list says is what the page it leads to says, of every position."""
    client.force_login(hr)
    page = client.get(f"/employees/{staff['fits'].pk}/positions/?on=2026-11-22")
    links = [
        link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*/what-if/\?[^"]*)"', page.content.decode())
    ]
    assert len(links) == 27
    for link, each in zip(links, page.context["openings"], strict=True):
        there = client.get(link)
        assert there.context["form"].errors == {}
        verdict = there.context["verdict"]
        assert (verdict.position, verdict.current_status) == (each.position.code, each.entry.status)


@pytest.mark.django_db
def test_looking_at_a_persons_positions_is_noted(client: Client, hr: User, staff: dict[str, Employee]) -> None:
    client.force_login(hr)
    client.get(f"/employees/{staff['fits'].pk}/positions/")
    assert [(reading.user, reading.employee) for reading in ReadLog.objects.all()] == [(hr, staff["fits"])]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_iin_is_shown_in_any_language(language: str, client: Client, hr: User, organisation: Organisation) -> None:
    employee = full_record(organisation=organisation, iin="900101400009")
    CertificateFactory(employee=employee, kind="swimming")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(hr)
    for address in (ASKED, f"/employees/{employee.pk}/positions/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "900101400009" not in page.content.decode()
        assert "400009" not in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("people", [3, 60])
def test_the_list_asks_as_much_for_3_as_for_60(
    people: int, client: Client, hr: User, organisation: Organisation, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _turn in range(people):
        full_record(organisation=organisation)
    client.force_login(hr)
    # The form: norms 4, positions 1, units 2; then counting 1, facts 6, names in order 1, the page 1.
    with django_assert_num_queries(WHO_ASKS + 7 + 9):
        page = client.get(ASKED)
    assert len(_listed(page)) == min(people, 50)


@pytest.mark.django_db
def test_the_positions_of_a_person_ask_16_queries(
    client: Client, hr: User, staff: dict[str, Employee], django_assert_num_queries: Callable[..., Any]
) -> None:
    client.force_login(hr)
    address = f"{reverse('employee_positions', args=[staff['fits'].pk])}?on=2026-11-22"
    client.get(address)
    # Besides who asks: the person, that she may be seen, that she was looked at; then facts 6, norms 4, positions 1.
    with django_assert_num_queries(WHO_ASKS + 3 + 11):
        client.get(address)
