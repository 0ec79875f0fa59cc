"""The pages on which somebody is hired, transferred, dismissed, re-hired."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from employees import record_selectors as selectors
from employees import services
from employees.access import Ability, employees_for, organisations_for
from employees.forms import HireForm, OrderForm, person_values
from employees.models import Employee
from employees.record_pages import SAVED, STALE, attempt, editable, refresh_version
from employees.services.employment import Post


@require_http_methods(["GET", "POST"])
def hire(request: HttpRequest) -> HttpResponse:
    """Hire somebody new into an organisation in which the user may work."""
    organisations = organisations_for(request.user, Ability.EDIT)
    if not organisations:
        raise PermissionDenied
    chosen = request.POST.get("organisation") or request.GET.get("organisation", "")
    organisation = next((each for each in organisations if each.bin == chosen), None)
    if organisation is None and len(organisations) > 1:
        return render(request, "employees/edit/organisation.html", {"organisations": organisations})
    organisation = organisation or organisations[0]
    form = HireForm(
        request.POST if request.method == "POST" else None,
        known=selectors.known_for(organisation),
        organisation=organisation,
        initial={},
    )
    context = {"form": form, "organisation": organisation, "title": _("Hire an employee"), "save": _("Hire")}
    if request.method == "GET":
        return render(request, "employees/edit/page.html", context)
    hired: list[Employee] = []
    status = attempt(
        form,
        lambda: hired.append(
            services.employee_hire(
                organisation=organisation,
                values=form.values(),
                order_number=form.cleaned_data["order_number"],
                user=request.user,  # type: ignore[arg-type]
                within=employees_for(request.user, Ability.EDIT),
            )
        ),
    )
    if status == SAVED:
        messages.success(request, _("The employee is hired. Enter the education document next."))
        return redirect("employee", pk=hired[0].pk)
    return render(request, "employees/edit/page.html", context, status=status)


@require_http_methods(["GET", "POST"])
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Dismiss somebody with the last working day."""

    def save(employee: Employee, form: OrderForm) -> Employee:
        return services.employee_dismiss(
            employee=employee,
            version=form.cleaned_data["version"],
            last=form.cleaned_data["on"],
            order_number=form.cleaned_data["order_number"],
            user=request.user,  # type: ignore[arg-type]
        )

    day, title = gettext_lazy("Last working day"), gettext_lazy("Dismissal")
    return _order(request, pk, save, day=day, title=title, button=_("Dismiss"), done=_("The dismissal is saved."))


@require_http_methods(["GET", "POST"])
def rehire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a dismissed person back."""

    def save(employee: Employee, form: OrderForm) -> Employee:
        return services.employee_rehire(employee=employee, **_moved(request, form))

    day, title = gettext_lazy("Hired on"), gettext_lazy("Re-hiring")
    return _order(
        request, pk, save, day=day, title=title, button=_("Re-hire"), done=_("The re-hiring is saved."), post=True
    )


@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a person to another position, level or unit."""

    def save(employee: Employee, form: OrderForm) -> Employee:
        return services.employee_transfer(employee=employee, **_moved(request, form))

    day, title = gettext_lazy("First day in the new post"), gettext_lazy("Transfer")
    return _order(
        request, pk, save, day=day, title=title, button=_("Transfer"), done=_("The transfer is saved."), post=True
    )


def _moved(request: HttpRequest, form: OrderForm) -> dict[str, Any]:
    cleaned = form.cleaned_data
    return {
        "version": cleaned["version"],
        "on": cleaned["on"],
        "post": Post(position=cleaned["position"], level=cleaned["level"], unit=cleaned["unit"]),
        "order_number": cleaned["order_number"],
        "user": request.user,
        "within": employees_for(request.user, Ability.EDIT),
    }


def _order(
    request: HttpRequest,
    pk: int,
    save: Callable[[Employee, OrderForm], Employee],
    *,
    day: Promise,
    title: Promise,
    button: str,
    done: str,
    post: bool = False,
) -> HttpResponse:
    employee = editable(request, pk)
    form = OrderForm(
        request.POST if request.method == "POST" else None,
        employee=employee,
        known=selectors.known_for(employee.organisation),
        day=day,
        post=post,
        initial={"version": employee.version},
    )
    context: dict[str, Any] = {"form": form, "employee": employee, "title": title, "save": button, "place": "post"}
    status = SAVED
    if request.method == "POST":
        status = attempt(form, lambda: save(employee, form))
        if status == SAVED:
            messages.success(request, done)
            return redirect("employee", pk=employee.pk)
        if status == STALE:
            context |= refresh_version(form, employee, person_values(employee))
    return render(request, "employees/edit/page.html", context, status=status)
