"""Who may open what: every address of the product times every role, compared with the URL resolver.

A page without a row here fails. `404` is what somebody meets who may not even know of a thing, `403` somebody who may
see it and not do this, `405` an address that only takes posts.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from attestation.models import Case, CommissionMember, Cycle, ExportRun, OwnEntry, Paper, Regime, Sitting
from attestation.regime_services import regime_variant
from employees.codes import Role
from employees.models import (
    CategoryAward,
    EducationRecord,
    Employee,
    Grant,
    ImportRun,
    Invitation,
    Organisation,
    Unit,
    User,
)
from positions.codes import DraftKind
from positions.editing.services import draft_begin
from tests.factories import EmployeeFactory, GrantFactory, UnitFactory, UserFactory, position

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "admin", "sysadmin", "hr", "manager", "secretary", "auditor", "texts", "stranger")

#: For every name: whose page (see `things`), and the answer to each of ROLES, in that order.
GET: dict[str, tuple[str, str]] = {
    "account_login": ("none", "200 302 302 302 302 302 302 302 302"),
    "account_logout": ("none", "302 200 200 200 200 200 200 200 200"),
    "attestation": ("none", "302 200 200 200 200 200 200 403 200"),
    "calendar_feed": ("token", "404 404 404 404 404 404 404 404 404"),
    "cycle": ("cycle", "302 200 200 200 404 200 200 404 404"),
    "cycle_cancel": ("cycle", "302 302 302 302 302 302 302 302 302"),
    "cycle_close": ("cycle", "302 302 302 302 302 302 302 302 302"),
    "cycle_commission": ("cycle", "302 200 200 200 404 200 200 404 404"),
    "cycle_edit": ("cycle", "302 200 200 200 404 200 403 404 404"),
    "cycle_new": ("none", "302 200 200 200 403 200 403 403 200"),
    "cycle_order": ("cycle", "302 200 200 200 404 200 200 404 404"),
    "cycle_papers": ("cycle", "302 200 200 200 404 200 200 404 404"),
    "cycle_people": ("cycle", "302 200 200 200 404 200 200 404 404"),
    "cycle_people_act": ("cycle", "302 302 302 302 302 302 302 302 302"),
    "cycle_person_add": ("cycle", "302 200 200 200 404 200 403 404 404"),
    "cycle_propose": ("cycle", "302 405 405 405 405 405 405 405 405"),
    "cycle_results": ("cycle", "302 200 200 200 404 200 200 404 404"),
    "cycle_sitting": ("cycle_sitting", "302 200 200 200 404 200 403 404 404"),
    "cycle_sitting_cancel": ("cycle_sitting", "302 405 405 405 405 405 405 405 405"),
    "cycle_sittings": ("cycle", "302 200 200 200 404 200 200 404 404"),
    "draft_effects": ("draft", "302 200 200 403 403 403 403 200 403"),
    "employee": ("inside", "302 200 200 200 200 200 200 404 404"),
    "employee outside": ("outside", "302 200 200 200 404 200 200 404 404"),
    "case": ("inside_case", "302 200 200 200 200 200 200 404 404"),
    "case outside": ("outside_case", "302 200 200 200 404 200 200 404 404"),
    "case_act": ("inside_act", "302 302 302 302 403 302 403 404 404"),
    "case_act outside": ("outside_act", "302 302 302 302 404 302 403 404 404"),
    "case_decide": ("inside_case", "302 200 200 200 403 200 403 404 404"),
    "case_decide outside": ("outside_case", "302 200 200 200 404 200 403 404 404"),
    "employee_attestation_new": ("inside", "302 200 200 200 403 403 403 404 404"),
    "employee_attestation_new outside": ("outside", "302 200 200 200 404 403 403 404 404"),
    "employee_card": ("inside_card", "302 200 200 200 200 200 403 404 404"),
    "employee_card outside": ("outside_card", "302 200 200 200 404 200 403 404 404"),
    "employee_choices": ("choices", "302 200 200 200 200 200 200 200 200"),
    "employee_dismiss": ("inside", "302 200 200 200 403 403 403 404 404"),
    "employee_dismiss outside": ("outside", "302 200 200 200 404 403 403 404 404"),
    "employee_history": ("inside", "302 200 200 200 403 403 200 404 404"),
    "employee_history outside": ("outside", "302 200 200 200 404 403 200 404 404"),
    "employee_new": ("none", "302 200 200 200 403 403 403 403 200"),
    "employee_readings": ("inside", "302 200 200 403 403 403 200 404 404"),
    "employee_readings outside": ("outside", "302 200 200 403 404 403 200 404 404"),
    "employee_rehire": ("inside", "302 200 200 200 403 403 403 404 404"),
    "employee_rehire outside": ("outside", "302 200 200 200 404 403 403 404 404"),
    "employee_positions": ("inside", "302 200 200 200 200 200 200 404 404"),
    "employee_positions outside": ("outside", "302 200 200 200 404 200 200 404 404"),
    "employee_transfer": ("inside", "302 200 200 200 403 403 403 404 404"),
    "employee_transfer outside": ("outside", "302 200 200 200 404 403 403 404 404"),
    "employee_verdict": ("inside", "302 200 200 200 200 200 200 404 404"),
    "employee_verdict outside": ("outside", "302 200 200 200 404 200 200 404 404"),
    "employee_verdict_json": ("inside", "302 200 200 200 200 200 200 404 404"),
    "employee_verdict_json outside": ("outside", "302 200 200 200 404 200 200 404 404"),
    "employee_what_if": ("inside", "302 200 200 200 200 200 200 404 404"),
    "employee_what_if outside": ("outside", "302 200 200 200 404 200 200 404 404"),
    "employees": ("none", "302 200 200 200 200 200 200 200 200"),
    "employees_csv": ("none", "302 200 200 200 200 200 403 403 200"),
    "employees_xlsx": ("none", "302 200 200 200 200 200 403 403 200"),
    "export_start": ("none", "302 405 405 405 405 405 405 405 405"),
    "export_run": ("export", "302 404 404 200 404 404 404 404 404"),
    "export_progress": ("export", "302 404 404 200 404 404 404 404 404"),
    "export_file": ("export", "302 404 404 200 404 404 404 404 404"),
    "favicon": ("none", "302 302 302 302 302 302 302 302 302"),
    "figures_pdf": ("none", "302 200 200 200 200 200 403 403 200"),
    "figures_trend": ("none", "302 200 200 200 200 200 200 403 200"),
    "figures_trend_progress": ("trend", "302 404 404 200 404 404 404 404 404"),
    "figures_trend_run": ("trend", "302 404 404 200 404 404 404 404 404"),
    "figures_trend_start": ("none", "302 405 405 405 405 405 405 405 405"),
    "figures_xlsx": ("none", "302 200 200 200 200 200 403 403 200"),
    "grant_remove": ("grant", "302 405 405 405 405 405 405 405 405"),
    "healthz": ("none", "200 200 200 200 200 200 200 200 200"),
    "figures_progress": ("figures", "302 404 404 200 404 404 404 404 404"),
    "figures_run": ("figures", "302 404 404 200 404 404 404 404 404"),
    "figures_start": ("none", "302 405 405 405 405 405 405 405 405"),
    "home": ("none", "302 200 200 200 200 200 200 200 200"),
    "import_confirm": ("run", "302 405 405 405 403 403 403 403 405"),
    "import_discard": ("run", "302 405 405 405 403 403 403 403 405"),
    "import_progress": ("run", "302 200 200 200 403 403 403 403 404"),
    "import_report": ("report", "302 200 200 200 403 403 403 403 404"),
    "import_run": ("run", "302 200 200 200 403 403 403 403 404"),
    "import_template": ("none", "302 200 200 200 403 403 403 403 200"),
    "import_undo": ("run", "302 405 405 405 403 403 403 403 405"),
    "imports": ("none", "302 200 200 200 403 403 403 403 200"),
    "invitation": ("token", "410 410 410 410 410 410 410 410 410"),
    "invitation_withdraw": ("invitation", "302 405 405 405 405 405 405 405 405"),
    "organisation": ("organisation", "302 200 200 200 403 403 403 404 404"),
    "organisation_chart": ("organisation", "302 200 200 200 200 200 200 404 404"),
    "organisation_names": ("organisation", "302 200 200 200 403 403 403 404 404"),
    "organisations": ("none", "302 200 200 200 200 200 200 200 200"),
    "cycle_print": ("cycle", "302 405 405 405 405 405 405 405 405"),
    "paper_docx": ("paper", "302 200 200 200 404 200 200 404 404"),
    "paper_look": ("paper_look", "302 200 200 200 404 200 200 404 404"),
    "paper_pdf": ("paper", "302 200 200 200 404 200 200 404 404"),
    "paper_register": ("none", "302 405 405 405 405 405 405 405 405"),
    "paper_template": ("paper_template", "302 200 200 200 403 403 403 404 404"),
    "paper_template_file": ("paper_template", "302 200 200 200 403 403 403 404 404"),
    "paper_template_ours": ("paper_template", "302 405 405 405 405 405 405 405 405"),
    "paper_templates": ("none", "302 200 200 200 403 403 403 403 200"),
    "people": ("none", "302 200 200 403 403 403 403 403 403"),
    "person": ("user", "302 200 200 403 403 403 403 403 403"),
    "person_active": ("user", "302 405 405 405 405 405 405 405 405"),
    "person_edit": ("inside_part", "302 200 200 200 403 403 403 404 404"),
    "person_edit outside": ("outside_part", "302 200 200 200 404 403 403 404 404"),
    "person_invite": ("none", "302 200 200 403 403 403 403 403 403"),
    "person_sees": ("user", "302 200 200 403 403 403 403 403 403"),
    "person_shown": ("inside_part", "302 302 302 302 403 403 403 404 404"),
    "person_shown outside": ("outside_part", "302 302 302 302 404 403 403 404 404"),
    "job_description": ("position", "302 200 200 200 200 200 200 200 200"),
    "job_description_pdf": ("description", "302 200 200 200 200 200 200 200 200"),
    "job_description_word": ("description", "302 200 200 200 200 200 200 200 200"),
    "own_entry": ("own_entry", "302 200 200 200 403 403 403 404 404"),
    "own_entry_delete": ("own_entry", "302 405 405 405 405 405 405 405 405"),
    "own_entry_move": ("own_entry", "302 405 405 405 405 405 405 405 405"),
    "own_entry_new": ("own_list", "302 200 200 200 403 403 403 404 404"),
    "position": ("position", "302 200 200 200 200 200 200 200 200"),
    "position_clause": ("clause", "302 302 302 302 302 302 302 302 302"),
    "position_compare": ("position", "302 200 200 200 200 200 200 200 200"),
    "position_edition": ("edition", "302 200 200 200 200 200 200 200 200"),
    "position_search": ("none", "302 200 200 200 200 200 200 200 200"),
    "positions": ("none", "302 200 200 200 200 200 200 200 200"),
    "quality": ("none", "302 200 200 200 403 403 403 403 200"),
    "quality_group": ("group", "302 200 200 200 403 403 403 403 404"),
    "readings": ("none", "302 200 200 403 403 403 200 403 403"),
    "record_delete": ("inside_record", "302 200 200 200 403 403 403 404 404"),
    "record_delete outside": ("outside_record", "302 200 200 200 404 403 403 404 404"),
    "record_edit": ("inside_record", "302 200 200 200 403 403 403 404 404"),
    "record_edit outside": ("outside_record", "302 200 200 200 404 403 403 404 404"),
    "record_new": ("inside_kind", "302 200 200 200 403 403 403 404 404"),
    "record_new outside": ("outside_kind", "302 200 200 200 404 403 403 404 404"),
    "record_shown": ("inside_record", "302 302 302 302 403 403 403 404 404"),
    "record_shown outside": ("outside_record", "302 302 302 302 404 403 403 404 404"),
    "regime": ("regime", "302 200 200 200 200 200 200 200 200"),
    "regime_choose": ("organisation", "302 200 200 200 403 403 403 404 404"),
    "regime_edit": ("variant", "302 200 200 200 404 404 404 404 404"),
    "regime_variant": ("regime_of", "302 405 405 405 405 405 405 405 405"),
    "regimes": ("none", "302 200 200 200 200 200 200 200 200"),
    "reminders": ("none", "302 200 200 200 200 200 200 403 200"),
    "reminders_address": ("none", "302 405 405 405 405 405 405 405 405"),
    "reminders_address_revoke": ("none", "302 405 405 405 405 405 405 405 405"),
    "reminders_digest": ("none", "302 405 405 405 405 405 405 405 405"),
    "sheet": ("inside_sheet", "302 200 200 200 403 200 403 404 404"),
    "sheet outside": ("outside_sheet", "302 200 200 200 404 200 403 404 404"),
    "sitting": ("sitting", "302 200 200 200 404 200 200 404 404"),
    "sitting_act": ("sitting_act", "302 302 302 302 404 302 403 404 404"),
    "sitting_quorum": ("sitting", "302 200 200 200 404 200 403 404 404"),
    "set_language": ("none", "405 405 405 405 405 405 405 405 405"),
    "succession": ("none", "302 200 200 200 200 200 200 200 200"),
    "texts_exchange": ("none", "302 200 200 403 403 403 403 200 403"),
    "texts_exchange_look": ("upload", "302 302 302 403 403 403 403 302 403"),
    "texts_export_act": ("texts_act", "302 200 200 200 200 200 200 200 200"),
    "texts_export_position": ("texts_position", "302 200 200 200 200 200 200 200 200"),
    "unit": ("unit", "302 200 200 200 403 403 403 404 404"),
    "unit_add": ("organisation", "302 200 200 200 403 403 403 404 404"),
    "unit_delete": ("unit", "302 405 405 405 405 405 405 405 405"),
    "unit_head": ("unit", "302 200 200 200 403 403 403 404 404"),
}

#: Addresses that change something: whose, and what posting to them answers those who may not (`-`: may).
POST: dict[str, tuple[str, str]] = {
    "case_act": ("outside_act", "302 - - - 404 - 403 404 404"),
    "case_decide": ("outside_case", "302 - - - 404 - 403 404 404"),
    "sheet": ("outside_sheet", "302 - - - 404 - 403 404 404"),
    "sitting_act": ("sitting_act", "302 - - - 404 - 403 404 404"),
    "employee_attestation_new": ("outside", "302 - - - 404 403 403 404 404"),
    "employee_dismiss": ("outside", "302 - - - 404 403 403 404 404"),
    "employee_rehire": ("outside", "302 - - - 404 403 403 404 404"),
    "employee_transfer": ("outside", "302 - - - 404 403 403 404 404"),
    "person_edit": ("outside_part", "302 - - - 404 403 403 404 404"),
    "record_new": ("outside_kind", "302 - - - 404 403 403 404 404"),
    "record_edit": ("outside_record", "302 - - - 404 403 403 404 404"),
    "record_delete": ("outside_record", "302 - - - 404 403 403 404 404"),
    "employee_new": ("none", "302 - - - 403 403 403 403 -"),
    "imports": ("none", "302 - - - 403 403 403 403 -"),
    "import_confirm": ("run", "302 - - - 403 403 403 403 404"),
    "import_undo": ("run", "302 - - - 403 403 403 403 404"),
    "import_discard": ("run", "302 - - - 403 403 403 403 404"),
    "organisation_names": ("organisation", "302 - - - 403 403 403 404 404"),
    "texts_exchange": ("none", "302 - - 403 403 403 403 - 403"),
    "texts_exchange_look": ("upload", "302 - - 403 403 403 403 - 403"),
    "unit_add": ("organisation", "302 - - - 403 403 403 404 404"),
    "unit": ("unit", "302 - - - 403 403 403 404 404"),
    "unit_head": ("unit", "302 - - - 403 403 403 404 404"),
    "unit_delete": ("unit", "302 - - - 403 403 403 404 404"),
    "person": ("user", "302 - - 403 403 403 403 403 403"),
    "person_active": ("user", "302 - - - 403 403 403 403 403"),
    "grant_remove": ("grant", "302 - - 403 403 403 403 403 403"),
    "person_invite": ("none", "302 - - 403 403 403 403 403 403"),
    "invitation_withdraw": ("invitation", "302 - - 403 403 403 403 403 403"),
    "import_run": ("run", "302 - - - 403 403 403 403 -"),
    "export_start": ("none", "302 - - - - - 403 403 -"),
    "cycle_print": ("cycle", "302 - - - 404 - 403 404 404"),
    "paper_register": ("none", "302 - - - 404 - 404 404 404"),
    "paper_template": ("paper_template", "302 - - - 403 403 403 404 404"),
    "paper_template_ours": ("paper_template", "302 - - - 403 403 403 404 404"),
    "figures_start": ("none", "302 - - - - - - 403 -"),
    "figures_trend_start": ("none", "302 - - - - - - 403 -"),
    "reminders_address": ("none", "302 - - - - - - 403 -"),
    "reminders_address_revoke": ("none", "302 - - - - - - 403 -"),
    "reminders_digest": ("none", "302 - - - - - - 403 -"),
    "cycle_cancel": ("cycle", "302 - - - 404 - 403 404 404"),
    "cycle_close": ("cycle", "302 - - - 404 - 403 404 404"),
    "cycle_commission": ("cycle", "302 - - - 404 - 403 404 404"),
    "cycle_edit": ("cycle", "302 - - - 404 - 403 404 404"),
    "cycle_new": ("none", "302 - - - 403 - 403 403 -"),
    "cycle_order": ("cycle", "302 - - 403 404 403 403 404 404"),
    "cycle_people": ("cycle", "302 - - - 404 - - 404 404"),
    "cycle_people_act": ("cycle", "302 - - - 404 - 403 404 404"),
    "cycle_person_add": ("cycle", "302 - - - 404 - 403 404 404"),
    "cycle_propose": ("cycle", "302 - - - 404 - 403 404 404"),
    "cycle_results": ("cycle", "302 - - 403 404 403 403 404 404"),
    "cycle_sitting": ("cycle_sitting", "302 - - - 404 - 403 404 404"),
    "cycle_sitting_cancel": ("cycle_sitting", "302 - - - 404 - 403 404 404"),
    "cycle_sittings": ("cycle", "302 - - - 404 - 403 404 404"),
    "own_entry": ("own_entry", "302 - - - 403 403 403 404 404"),
    "own_entry_delete": ("own_entry", "302 - - - 403 403 403 404 404"),
    "own_entry_move": ("own_entry", "302 - - - 403 403 403 404 404"),
    "own_entry_new": ("own_list", "302 - - - 403 403 403 404 404"),
    "regime_choose": ("organisation", "302 - - - 403 403 403 404 404"),
    "regime_edit": ("variant", "302 - - - 404 404 404 404 404"),
    "regime_variant": ("regime_of", "302 - - - 403 403 403 404 404"),
}


@pytest.fixture
def cast(admin: User, hr: User, manager: User, stranger: User, organisation: Organisation) -> dict[str, User | None]:
    """Give somebody of every role; all but the stranger belong to the organisation, the manager to one unit."""
    people: dict[str, User | None] = {
        "anonymous": None,
        "admin": admin,
        "hr": hr,
        "manager": manager,
        "stranger": stranger,
    }
    for name, role in (
        ("sysadmin", Role.ADMIN),
        ("secretary", Role.SECRETARY),
        ("auditor", Role.AUDITOR),
        ("texts", Role.TEXTS),
    ):
        user = UserFactory(username=name)
        GrantFactory(user=user, organisation=organisation, role=role)
        people[name] = user
    return people


@pytest.fixture
def things(cast: dict[str, User | None], organisation: Organisation, unit: Unit) -> dict[str, dict[str, Any]]:
    """Give the arguments of every address, for a person inside the manager's unit and one outside of it."""
    elsewhere = UnitFactory(organisation=organisation, name="Басқа бөлім")
    inside = EmployeeFactory(organisation=organisation, unit=unit)
    outside = EmployeeFactory(organisation=organisation, unit=elsewhere)
    found: dict[str, dict[str, Any]] = {"none": {}}
    for where, employee in (("inside", inside), ("outside", outside)):
        award = CategoryAward.objects.create(
            employee=employee,
            position=employee.position,
            level="highest",
            category="second",
            awarded_on=employee.appointed_on,
        )
        diploma = EducationRecord.objects.create(employee=employee, level="higher", graduated_on=employee.hired_on)
        found[where] = {"pk": employee.pk}
        found[f"{where}_part"] = {"pk": employee.pk, "part": "personal"}
        found[f"{where}_kind"] = {"pk": employee.pk, "kind": "education"}
        found[f"{where}_record"] = {"pk": employee.pk, "kind": "education", "record": diploma.pk}
        found[f"{where}_award"] = {"pk": employee.pk, "kind": "categories", "record": award.pk}
        found[f"{where}_card"] = {"pk": employee.pk, "language": "kk"}
    hr, sysadmin = cast["hr"], cast["sysadmin"]
    assert hr is not None
    assert sysadmin is not None
    run = ImportRun.objects.create(
        user=hr, organisation=organisation, file_name="a.xlsx", content=b"", language="kk", state="applied"
    )
    invitation = Invitation.objects.create(
        digest="0" * 64,
        username="new",
        role=Role.HR,
        organisation=organisation,
        invited_by=sysadmin,
        expires_at=timezone.now() + timedelta(days=7),
    )
    export = ExportRun.objects.create(user=hr, query="", suffix="csv", language="kk", state="ready", content=b"a")
    asked = '{"on": "2025-06-01", "scope": {}}'
    figures = ExportRun.objects.create(user=hr, subject="figures", query=asked, suffix="json", language="kk")
    trend = ExportRun.objects.create(
        user=hr,
        subject="figures",
        query='{"on": "2026-01-01", "scope": {"organisation": "", "unit": null}}',
        suffix="past",
        language="kk",
    )
    grant = Grant.objects.get(user=hr)
    text = position("360/2.3")
    draft, _new = draft_begin(
        position=text, kind=DraftKind.CORRECTION, edition=text.editions.get(), user=sysadmin, on=None
    )
    found["draft"] = {"pk": draft.pk}
    common = Regime.objects.get(code="general", organisation=None)
    cycle = Cycle.objects.create(
        organisation=organisation,
        regime=common,
        rules=common.document,
        title="2026",
        opened_on="2026-11-02",
        starts_on="2026-12-10",
        opened_by=hr,
    )
    sitting = Sitting.objects.create(cycle=cycle, number=1, held_on=date(2026, 12, 10))
    member = CommissionMember.objects.create(cycle=cycle, role="chair", name="Төраға", order=1)
    for where, employee in (("inside", inside), ("outside", outside)):
        case = Case.objects.create(
            cycle=cycle, employee=employee, kind="regular", state="listed", position=employee.position, sitting=sitting
        )
        found[f"{where}_case"] = {"pk": case.pk}
        found[f"{where}_act"] = {"pk": case.pk, "act": "notify"}
        found[f"{where}_sheet"] = {"pk": case.pk, "member": member.pk}
    paper = Paper.objects.create(
        organisation=organisation,
        kind="notice",
        year=2026,
        number=1,
        registered_on=date(2026, 11, 3),
        cycle=cycle,
        case=case,
        subject=f"case:{case.pk}:2026-12-10",
        created_by=hr,
    )
    own = OwnEntry.objects.create(
        organisation=organisation, position=inside.position, kind="duty", order=1, text_kk="міндет"
    )
    return found | {
        "cycle": {"pk": cycle.pk},
        "paper": {"pk": paper.pk, "language": "kk"},
        "paper_template": {"number": organisation.bin, "kind": "notice", "language": "kk"},
        "paper_look": {"kind": "summary", "subject": f"cycle:{cycle.pk}", "language": "kk"},
        "cycle_sitting": {"pk": cycle.pk, "sitting": sitting.pk},
        "sitting": {"pk": sitting.pk},
        "sitting_act": {"pk": sitting.pk, "act": "close"},
        "choices": {"kind": "position"},
        "group": {"code": "education-field_not_stated"},
        "run": {"pk": run.pk},
        "export": {"pk": export.pk},
        "figures": {"pk": figures.pk},
        "trend": {"pk": trend.pk},
        "report": {"pk": run.pk, "form": "csv"},
        "organisation": {"number": organisation.bin},
        "unit": {"number": organisation.bin, "pk": unit.pk},
        "user": {"pk": hr.pk},
        "grant": {"pk": hr.pk, "grant": grant.pk},
        "invitation": {"pk": invitation.pk},
        "token": {"token": "wrong"},
        "position": {"act": "360", "number": "2.3"},
        "edition": {"act": "360", "number": "2.3", "begins": date(2023, 7, 1)},
        "clause": {"act": "360", "clause": "45"},
        "description": {"act": "360", "number": "2.3", "language": "kk"},
        "own_list": {"act": "360", "number": "2.3", "bin_": organisation.bin, "kind": "duty"},
        "own_entry": {"act": "360", "number": "2.3", "bin_": organisation.bin, "pk": own.pk},
        "texts_act": {"act": "360", "suffix": "zip"},
        "texts_position": {"act": "360", "number": "2.3", "suffix": "yaml"},
        "upload": {"token": "not-kept"},
        "regime": {"pk": common.pk},
        "regime_of": {"pk": common.pk, "number": organisation.bin},
        "variant": {"pk": regime_variant(regime=common, organisation=organisation).pk},
    }


def _names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "admin":
                found |= _names(pattern.url_patterns)
        elif pattern.name:
            found.add(pattern.name)
    return found


def _clients(cast: dict[str, User | None]) -> list[Client]:
    clients = []
    for role in ROLES:
        client = Client(raise_request_exception=False)
        user = cast[role]
        if user is not None:
            client.force_login(user)
        clients.append(client)
    return clients


def test_no_address_is_without_a_row() -> None:
    assert {name.split(" ")[0] for name in GET} == _names(get_resolver().url_patterns)


def test_who_may_open_what(things: dict[str, dict[str, Any]], cast: dict[str, User | None]) -> None:
    clients, wrong = _clients(cast), {}
    for name, (what, expected) in GET.items():
        address = reverse(name.split(" ")[0], kwargs=things[what])
        answers = []
        # Logging out on the way would change who asks next: the page is asked for, never posted to.
        for client in clients:
            response = client.get(address)
            answers.append(str(response.status_code))
            if response.streaming:
                response.getvalue()  # what is begun is also ended
        if " ".join(answers) != expected:
            wrong[name] = (" ".join(answers), expected)
    assert not wrong, " ".join(ROLES)


def test_who_may_not_change_what(things: dict[str, dict[str, Any]], cast: dict[str, User | None]) -> None:
    """Those who may are left out (`-`): what their posts do is tried with the pages themselves."""
    clients, wrong = _clients(cast), {}
    for name, (what, expected) in POST.items():
        address = reverse(name, kwargs=things[what])
        for role, client, wanted in zip(ROLES, clients, expected.split(), strict=True):
            if wanted != "-":
                answer = str(client.post(address).status_code)
                if answer != wanted:
                    wrong[name, role] = (answer, wanted)
    assert not wrong


def test_nobody_without_a_right_may_post_anywhere(
    things: dict[str, dict[str, Any]], cast: dict[str, User | None]
) -> None:
    """An editor of texts, who meets no employee, is refused by all but her own addresses and those open to all."""
    open_to_all = {"account_login", "account_logout", "set_language", "invitation", "employees"}
    hers = {"texts_exchange", "texts_exchange_look"}
    client = _clients(cast)[ROLES.index("texts")]
    taken = {
        name
        for name, (what, _expected) in GET.items()
        if name not in open_to_all | hers
        and client.post(reverse(name.split(" ")[0], kwargs=things[what])).status_code not in (403, 404, 405)
    }
    assert not taken


def test_a_list_names_nobody_else(things: dict[str, dict[str, Any]], cast: dict[str, User | None]) -> None:
    """The manager's list, export and search hold her unit's person and never the one of another unit."""
    outside = Employee.objects.get(pk=things["outside"]["pk"])
    inside = Employee.objects.get(pk=things["inside"]["pk"])
    Employee.objects.filter(pk=outside.pk).update(last_name="Бөтенов", search_text="ботенов")
    for role, meets in (("manager", False), ("hr", True), ("stranger", False), ("texts", False)):
        client = _clients(cast)[ROLES.index(role)]
        for name in ("employees", "employees_csv"):
            response = client.get(reverse(name))
            content = response.getvalue().decode() if response.streaming else response.content.decode()
            assert ("Бөтенов" in content) == (meets and response.status_code == 200), (role, name)
    manager = _clients(cast)[ROLES.index("manager")]
    assert inside.last_name in manager.get(reverse("employees")).content.decode()
