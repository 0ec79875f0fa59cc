"""The pages of an organisation: its names, the tree of its units, its chart."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from employees import units
from employees.access import Ability, may_in, organisations_for, visible_organisations
from employees.models import Organisation, Unit
from employees.organisation_forms import OrganisationForm, UnitForm


@require_GET
def organisation_list(request: HttpRequest) -> HttpResponse:
    """List the organisations in which the user sees somebody."""
    context = {
        "organisations": visible_organisations(request.user),
        "managed": organisations_for(request.user, Ability.MANAGE_ORGANISATION, whole=True),
    }
    return render(request, "organisations/list.html", context)


@require_GET
def organisation(request: HttpRequest, number: str) -> HttpResponse:
    """Show an organisation with the tree of its units to somebody who may change it."""
    found = _managed(request, number)
    on = timezone.localdate()
    context = {"organisation": found, "tree": units.unit_tree(request.user, found, on=on), "on": on}
    return render(request, "organisations/organisation.html", context)


@require_http_methods(["GET", "POST"])
def organisation_names(request: HttpRequest, number: str) -> HttpResponse:
    """Change the names and the sphere."""
    found = _managed(request, number)
    names = ("name_kk", "name_ru", "name_en", "sphere")
    form = OrganisationForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        units.organisation_change(organisation=found, **form.cleaned_data)
        messages.success(request, _("The names and the sphere of the organisation were saved."))
        return redirect("organisation", number)
    return render(request, "organisations/names.html", {"organisation": found, "form": form})


@require_GET
def chart(request: HttpRequest, number: str) -> HttpResponse:
    """Show the organisation chart, or the part of it that is the user's."""
    found = _seen(request, number)
    on = timezone.localdate()
    context = {
        "organisation": found,
        "tree": units.unit_tree(request.user, found, on=on),
        "on": on,
        "may_manage": may_in(request.user, Ability.MANAGE_ORGANISATION, found),
    }
    return render(request, "organisations/chart.html", context)


@require_http_methods(["GET", "POST"])
def unit_add(request: HttpRequest, number: str) -> HttpResponse:
    """Add a unit."""
    found = _managed(request, number)
    initial = {"parent": request.GET.get("parent", "")}
    form = UnitForm(request.POST or None, units=units.unit_choices(found), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            added = units.unit_add(
                organisation=found, name=form.cleaned_data["name"], parent=_parent(found, form.cleaned_data["parent"])
            )
        except units.UnitRefusedError as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The unit was added: %(name)s") % {"name": added.name})
            return redirect("organisation", number)
    return render(request, "organisations/unit_add.html", {"organisation": found, "form": form})


@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Rename or move a unit."""
    found = _unit(request, number, pk)
    form = UnitForm(
        request.POST or None,
        units=units.unit_choices(found.organisation),
        initial={"name": found.name, "parent": found.parent_id or ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            units.unit_change(
                unit=found,
                name=form.cleaned_data["name"],
                parent=_parent(found.organisation, form.cleaned_data["parent"]),
            )
        except units.UnitRefusedError as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The unit was saved."))
            return redirect("organisation", number)
    return render(request, "organisations/unit.html", _about(request, _unit(request, number, pk), form))


@require_http_methods(["GET", "POST"])
def unit_head(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Propose people as head while somebody types, and set the head."""
    found = _unit(request, number, pk)
    if request.method == "GET":
        context = _about(request, found, None)
        if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]
            return render(request, "organisations/heads_found.html", context)
        choices = units.unit_choices(found.organisation)
        context["form"] = UnitForm(units=choices, initial={"name": found.name, "parent": found.parent_id or ""})
        return render(request, "organisations/unit.html", context)
    chosen = request.POST.get("head", "")
    try:
        head = units.head_chosen(request.user, found.organisation, chosen)
        units.unit_set_head(unit=found, head=head)
    except units.UnitRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The head of the unit was saved."))
    return redirect("unit", number, pk)


@require_POST
def unit_delete(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Delete an empty unit."""
    found = _unit(request, number, pk)
    try:
        units.unit_delete(unit=found)
    except units.UnitNotEmptyError as refused:
        messages.error(request, str(refused))
        return redirect("unit", number, pk)
    messages.success(request, _("The unit was deleted."))
    return redirect("organisation", number)


def _seen(request: HttpRequest, bin_: str) -> Organisation:
    found = units.organisation_seen(request.user, bin_)
    if found is None:
        raise Http404(_("There is no such organisation among those you may see."))
    return found


def _managed(request: HttpRequest, bin_: str) -> Organisation:
    found = _seen(request, bin_)
    if not may_in(request.user, Ability.MANAGE_ORGANISATION, found):
        raise PermissionDenied
    return found


def _unit(request: HttpRequest, bin_: str, pk: int) -> Unit:
    found = units.unit_of(_managed(request, bin_), pk)
    if found is None:
        raise Http404(_("There is no such unit in the organisation."))
    return found


def _parent(organisation: Organisation, pk: int | None) -> Unit | None:
    return None if pk is None else units.unit_of(organisation, pk)


def _about(request: HttpRequest, found: Unit, form: UnitForm | None) -> dict[str, object]:
    words = request.GET.get("q", "")[:200]
    on = timezone.localdate()
    return {
        "organisation": found.organisation,
        "unit": found,
        "form": form,
        "q": words,
        "people": units.people_found(request.user, found.organisation, words=words, on=on),
        "at_most": units.FOUND_AT_MOST,
    }
