"""The pages of rule-sets: read, made one's own, changed, followed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from attestation.models import OrganisationRegime, Regime, StoredVerdict
from attestation.regime_forms import MARKS, RulesForm
from attestation.regime_selectors import as_regime, read_regimes
from attestation.regime_services import regime_choose, regime_variant
from attestation.regime_words import PARAMETER_WORDS
from attestation.regimes import PARAMETERS
from employees.models import Organisation, User
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(hr: User) -> Client:
    """The HR officer at her desk, reading English."""
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(hr)
    return client


def common(code: str) -> Regime:
    """Give a rule-set that everybody has."""
    return Regime.objects.get(code=code, organisation=None)


def filled(regime: Regime, **changed: Any) -> dict[str, Any]:
    """Give the form of a rule-set as the page shows it, with some fields written anew."""
    form = RulesForm(regime=regime)
    told = {name: field.initial for name, field in form.fields.items()} | changed
    return {name: value for name, value in told.items() if value not in (None, "")}


def test_every_rule_has_a_name() -> None:
    assert set(PARAMETER_WORDS) == {each.name for each in PARAMETERS}


@pytest.mark.parametrize("code", ["general", "with-category", "social-workers", "career-centres"])
def test_a_rule_set_that_is_saved_as_it_was_says_the_same(
    office: Client, organisation: Organisation, code: str
) -> None:
    variant = regime_variant(regime=common(code), organisation=organisation)
    before = as_regime(variant)
    response = office.post(reverse("regime_edit", args=[variant.pk]), filled(variant))
    assert response.status_code == 302
    variant.refresh_from_db()
    assert (as_regime(variant).rules, variant.version) == (before.rules, 2)


def test_the_page_shows_value_and_clause_and_what_is_open(office: Client) -> None:
    page = office.get(reverse("regime", args=[common("general").pk])).content.decode()
    assert "2/3" in page
    assert "clause 22" in page
    assert "Labour Code, art. 53(3)" in page
    assert "5 – fits the post held" in page
    open_page = office.get(reverse("regime", args=[common("social-workers").pk])).content.decode()
    assert "These rules must be completed before a cycle can open:" in open_page


def test_an_organisation_completes_its_own_variant_and_the_common_one_stays(
    office: Client, organisation: Organisation
) -> None:
    regime = common("social-workers")
    office.post(reverse("regime_variant", args=[regime.pk, organisation.bin]))
    variant = Regime.objects.get(code="social-workers", organisation=organisation)
    told = {"quorum": "1/2", "quorum-clause": "our order 5", "secretary_votes": "no", "secretary_votes-clause": "6"}
    assert office.post(reverse("regime_edit", args=[variant.pk]), filled(variant, **told)).status_code == 302
    variant.refresh_from_db()
    rule = as_regime(variant).rules["quorum"]
    assert (rule.value, rule.clause) == ("1/2", "our order 5")
    assert as_regime(common("social-workers")).value("quorum") is None
    assert variant.history.count() == 2


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"quorum": "5/4", "quorum-clause": "1"}, "A part of the whole is needed here"),
        ({"quorum": "1/2"}, "Name the clause that settles this"),
        ({"period_months": "many", "period_months-clause": "1"}, "whole number"),
        ({"marks-0": "5", "marks-clause": "1"}, "This rule cannot be followed: Marks"),
    ],
    ids=["quorum", "clause", "months", "marks"],
)
def test_what_nobody_can_follow_is_named_and_nothing_is_saved(
    office: Client, organisation: Organisation, told: dict[str, str], reason: str
) -> None:
    variant = regime_variant(regime=common("career-centres"), organisation=organisation)
    response = office.post(reverse("regime_edit", args=[variant.pk]), filled(variant, **told))
    assert response.status_code == 200
    assert reason in response.content.decode()
    variant.refresh_from_db()
    assert variant.version == 1


def test_a_second_editor_is_told_and_loses_nothing(office: Client, organisation: Organisation) -> None:
    variant = regime_variant(regime=common("general"), organisation=organisation)
    told = filled(variant)
    office.post(reverse("regime_edit", args=[variant.pk]), told)
    response = office.post(reverse("regime_edit", args=[variant.pk]), told | {"period_months": "24"})
    page = response.content.decode()
    assert "Somebody else has saved this rule-set meanwhile" in page
    assert 'value="24"' in page


def test_following_a_rule_set_renews_what_is_due_from_that_day(office: Client, organisation: Organisation) -> None:
    employee = EmployeeFactory(organisation=organisation, hired_on=date(2020, 2, 1))
    told = {"regime": common("general").pk, "valid_from": "2020-01-01"}
    assert office.post(reverse("regime_choose", args=[organisation.bin]), told).status_code == 302
    assert StoredVerdict.objects.get(employee=employee).due_on == date(2023, 2, 1)
    told = {"regime": common("social-workers").pk, "valid_from": "2024-01-01", "positions": ["360/2.3"]}
    office.post(reverse("regime_choose", args=[organisation.bin]), told)
    assert StoredVerdict.objects.get(employee=employee).overdue_on is None
    page = office.get(reverse("regimes")).content.decode()
    assert "Attestation of social workers" in page
    assert "all others" in page


def test_a_new_choice_ends_the_one_before_it(organisation: Organisation) -> None:
    regime_choose(organisation=organisation, regime=common("general"), valid_from=date(2020, 1, 1))
    regime_choose(organisation=organisation, regime=common("with-category"), valid_from=date(2025, 1, 1))
    book = read_regimes()
    held = [book.of(organisation.bin, "360/2.3", on=day) for day in (date(2024, 12, 31), date(2025, 1, 1))]
    assert [getattr(each, "code", None) for each in held] == ["general", "with-category"]
    regime_choose(organisation=organisation, regime=common("general"), valid_from=date(2025, 1, 1))
    assert OrganisationRegime.objects.filter(organisation=organisation).count() == 2


def test_a_rule_set_of_another_organisation_is_nobodys_business(
    office: Client, other_organisation: Organisation
) -> None:
    variant = regime_variant(regime=common("general"), organisation=other_organisation)
    assert office.get(reverse("regime", args=[variant.pk])).status_code == 404
    page = office.get(reverse("regimes")).content.decode()
    assert reverse("regime", args=[common("general").pk]) in page
    assert reverse("regime", args=[variant.pk]) not in page
    assert office.post(reverse("regime_choose", args=[other_organisation.bin]), {}).status_code == 404


def test_only_the_owner_changes_the_common_rule_sets(office: Client, admin: User) -> None:
    address = reverse("regime_edit", args=[common("general").pk])
    assert office.get(address).status_code == 403
    owner = Client()
    owner.force_login(admin)
    assert owner.get(address).status_code == 200


def test_the_form_holds_as_many_marks_as_any_scale_on_file() -> None:
    assert max(len(as_regime(row).marks) for row in Regime.objects.all()) <= MARKS
