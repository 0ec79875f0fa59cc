"""The forms of a person and of her records."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from employees import record_selectors as selectors
from employees import services
from employees.access import Ability, employees_for, may_see_iin
from employees.forms import PERSONAL, POST, PersonForm, RecordForm, VersionedForm, person_values, record_values
from employees.models import Employee
from employees.record_pages import SAVED, STALE, attempt, editable, form_page, refresh_version, saved_page
from employees.record_sections import KINDS, person_warnings, sections

TITLES = {
    "personal": gettext_lazy("Personal data"),
    "post": gettext_lazy("Present post"),
    "education": gettext_lazy("Education"),
    "work_history": gettext_lazy("Earlier work"),
    "categories": gettext_lazy("Qualification category"),
    "certificates": gettext_lazy("Certificate"),
    "absences": gettext_lazy("Absence"),
}


# ----------------------------------------------------------------------------------------------------------- the person


@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, pk: str, part: str) -> HttpResponse:
    """Correct the personal data or the present post."""
    employee = editable(request, int(pk))
    form = PersonForm(
        request.POST if request.method == "POST" else None,
        names=_names(request, part, employee),
        known=selectors.known_for(employee.organisation),
        organisation=employee.organisation,
        employee=employee,
        initial={"version": employee.version},
    )
    told: dict[str, Any] = _told(employee, part, part)
    told["cancel"] = reverse("person_shown", args=[employee.pk, part])
    if request.method == "GET":
        return form_page(request, form, **told)
    status = attempt(
        form,
        lambda: services.employee_change(
            employee=employee,
            version=form.cleaned_data["version"],
            values=form.values(),
            within=employees_for(request.user, Ability.EDIT),
        ),
    )
    if status == SAVED:
        fresh = _fresh(request, employee)
        return saved_page(request, fresh, _shown_part(request, fresh, part), place=part, words=_("Saved."))
    if status == STALE:
        fresh = _fresh(request, employee)
        told |= refresh_version(form, fresh, person_values(fresh))
    return form_page(request, form, status=status, **told)


@require_GET
def person_shown(request: HttpRequest, pk: str, part: str) -> HttpResponse:
    """Show the personal data or the present post again, after an edit was given up."""
    employee = _fresh(request, editable(request, int(pk)))
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('employee', args=[employee.pk])}#{part}")
    return _shown_part(request, employee, part)


def _names(request: HttpRequest, part: str, employee: Employee) -> tuple[str, ...]:
    if part == "personal":
        sees = may_see_iin(request.user, employee)
        return tuple(name for name in PERSONAL if name != "iin" or sees)
    return (*POST, "dismissed_on") if employee.employed_until else POST


def _shown_part(request: HttpRequest, employee: Employee, part: str) -> HttpResponse:
    context = {
        "employee": employee,
        "may_edit": True,
        "may_see_iin": may_see_iin(request.user, employee),
        "person_warnings": person_warnings(employee),
        "fresh": True,
    }
    return render(request, f"employees/edit/{part}.html", context)


# ---------------------------------------------------------------------------------------------------------- the records


@require_http_methods(["GET", "POST"])
def record_new(request: HttpRequest, pk: str, kind: str) -> HttpResponse:
    """Add a record."""
    return _edit(request, editable(request, int(pk)), kind, None)


@require_http_methods(["GET", "POST"])
def record_edit(request: HttpRequest, pk: str, kind: str, record: str) -> HttpResponse:
    """Change a record; one that somebody deleted meanwhile is told to be gone, and what was typed stays."""
    employee = editable(request, int(pk))
    found = selectors.record_of(employee, kind, int(record))
    if found is None and request.method == "GET":
        raise Http404(_("There is no such record; somebody may have deleted it."))
    return _edit(request, employee, kind, found, int(record))


def _edit(
    request: HttpRequest, employee: Employee, kind: str, record: Any | None, pk: int | None = None
) -> HttpResponse:
    form = RecordForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        known=selectors.known_for(None),
        record=record,
        initial={"version": employee.version},
    )
    told = _told(employee, kind, f"{kind}-{pk or 'new'}")
    told["cancel"] = reverse("record_shown", args=[employee.pk, kind, pk]) if pk else ""
    if request.method == "GET":
        return form_page(request, form, **told)
    kept: list[Any] = []
    status = attempt(form, lambda: kept.append(_save(employee, kind, pk, form)))
    if status == SAVED:
        return _saved_record(request, employee, kind, kept[0].pk)
    if status == STALE:
        fresh = _fresh(request, employee)
        stored = record_values(kind, record) if record else {}
        told |= refresh_version(form, fresh, stored)
        told["gone"] = bool(pk) and record is None
    return form_page(request, form, status=status, **told)


def _save(employee: Employee, kind: str, pk: int | None, form: RecordForm) -> Any:
    version, values = form.cleaned_data["version"], form.values()
    if pk is None:
        return services.record_add(employee=employee, kind=kind, version=version, values=values)
    return services.record_change(employee=employee, kind=kind, pk=pk, version=version, values=values)


def _saved_record(request: HttpRequest, employee: Employee, kind: str, pk: int) -> HttpResponse:
    fresh = _fresh(request, employee)
    return saved_page(request, fresh, _shown_record(request, fresh, kind, pk), place=f"{kind}-{pk}", words=_("Saved."))


@require_GET
def record_shown(request: HttpRequest, pk: str, kind: str, record: str) -> HttpResponse:
    """Show a record again, after an edit was given up."""
    employee = _fresh(request, editable(request, int(pk)))
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('employee', args=[employee.pk])}#{kind}-{record}")
    return _shown_record(request, employee, kind, int(record))


@require_http_methods(["GET", "POST"])
def record_delete(request: HttpRequest, pk: str, kind: str, record: str) -> HttpResponse:
    """Ask once, then delete a record; a stale page is told so and shows what is stored now."""
    employee = editable(request, int(pk))
    found = selectors.record_of(employee, kind, int(record))
    if found is None:
        raise Http404(_("There is no such record; somebody may have deleted it."))
    form = VersionedForm(
        request.POST if request.method == "POST" else None,
        initial={"version": employee.version},
        auto_id=f"delete-{found.pk}-%s",
    )
    told = _told(employee, kind, f"{kind}-{found.pk}") | {
        "cancel": reverse("record_shown", args=[employee.pk, kind, found.pk]),
        "deleting": found,
        "each": found,
    }
    if request.method == "GET":
        return form_page(request, form, **told)
    status = attempt(
        form,
        lambda: services.record_delete(employee=employee, kind=kind, pk=found.pk, version=form.cleaned_data["version"]),
    )
    if status == SAVED:
        fresh = _fresh(request, employee)
        return saved_page(request, fresh, HttpResponse(), place=f"section-{kind}", words=_("Deleted."))
    told |= refresh_version(form, _fresh(request, employee), record_values(kind, found))
    return form_page(request, form, status=status, **told)


def _shown_record(request: HttpRequest, employee: Employee, kind: str, pk: int) -> HttpResponse:
    shown = next((each for each in sections(employee, warn=True)[kind] if each.record.pk == pk), None)
    if shown is None:
        return HttpResponse()
    context = {
        "employee": employee,
        "kind": kind,
        "each": shown.record,
        "warnings": shown.warnings,
        "may_edit": True,
        "on": timezone.localdate(),
        "fresh": True,
    }
    return render(request, f"employees/edit/row_{kind}.html", context)


def _told(employee: Employee, kind: str, place: str) -> dict[str, Any]:
    columns = KINDS[kind][1] + 1 if kind in KINDS else 0
    return {"employee": employee, "title": TITLES[kind], "place": place, "columns": columns, "kind": kind}


def _fresh(request: HttpRequest, employee: Employee) -> Employee:
    """Give the person as she is now; 404 where she has gone meanwhile."""
    found = selectors.person_with_records(request.user, employee.pk)
    if found is None:
        raise Http404(_("There is no such employee among those you may see."))
    return found
