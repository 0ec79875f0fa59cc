"""How the forms of a person answer: a fragment in place for htmx, a whole page for everybody else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from employees import record_selectors as selectors
from employees.access import Ability, may
from employees.forms import VersionedForm
from employees.models import Employee
from employees.record_words import differences
from employees.services import EmploymentRefusedError, OutOfReachError, StaleEditError

SAVED, STALE, WRONG = 200, 409, 422


def editable(request: HttpRequest, pk: int) -> Employee:
    """Give the employee for changing: 404 where she may not be seen, 403 where she may not be changed."""
    employee = selectors.person(request.user, pk)
    if employee is None:
        raise Http404(_("There is no such employee among those you may see."))
    if not may(request.user, Ability.EDIT, employee):
        raise PermissionDenied
    return employee


def attempt(form: VersionedForm, save: Callable[[], object]) -> int:
    """Save what the form holds, or note in it why not; gives the status of the answer."""
    if not form.is_valid():
        return WRONG
    try:
        save()
    except StaleEditError:
        return STALE
    except OutOfReachError as error:
        form.add_error("unit" if "unit" in form.fields else None, str(error))
        return WRONG
    except EmploymentRefusedError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return WRONG
    except ValidationError as error:
        form.note(error)
        return WRONG
    return SAVED


def refresh_version(form: VersionedForm, employee: Employee, stored: Mapping[str, Any]) -> dict[str, Any]:
    """Let a stale form be saved on purpose next time, and give both versions for showing."""
    compared = differences(form, stored)
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["version"] = str(employee.version)
    form.data = data
    return {"differences": compared, "stale": True, "gone": not stored}


def form_page(request: HttpRequest, form: VersionedForm, *, status: int = SAVED, **told: Any) -> HttpResponse:
    """Answer with a form."""
    template = "employees/edit/form.html" if request.htmx else "employees/edit/page.html"  # type: ignore[attr-defined]
    response = render(request, template, {"form": form, **told}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def saved_page(
    request: HttpRequest, employee: Employee, answer: HttpResponse, *, place: str, words: str
) -> HttpResponse:
    """Answer after a change: the record in its place and news for the page, or the whole page again."""
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, words)
        return redirect(f"{reverse('employee', args=[employee.pk])}#{place}")
    told: dict[str, Any] = {"recordSaved": {"version": employee.version, "words": words}}
    if place in ("personal", "post"):
        told["personSaved"] = True
    answer["HX-Trigger"] = json.dumps(told)
    return answer
