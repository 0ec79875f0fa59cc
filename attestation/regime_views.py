"""Pages of rule-sets: what they say, what an organisation follows, and its own variant."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attestation import regime_selectors, regime_services
from attestation.models import Regime
from attestation.regime_forms import ChoiceForm, RulesForm
from attestation.regime_words import GROUP_WORDS, clause_words, parameter_words, value_words
from attestation.regimes import PARAMETERS, Group, RegimeDocumentError
from employees.access import Ability, may_in, organisations_for
from employees.models import Organisation


@require_GET
def regimes(request: HttpRequest) -> HttpResponse:
    """List the rule-sets, and what the user's organisations follow."""
    managed = organisations_for(request.user, Ability.MANAGE_REGIMES, whole=True)
    choices = regime_selectors.choices_of(managed)
    context = {
        "regimes": [
            (row, len(regime_selectors.as_regime(row).open_rules)) for row in regime_selectors.regimes_for(request.user)
        ],
        "managed": [(each, choices.get(each.pk, [])) for each in managed],
        "on": timezone.localdate(),
    }
    return render(request, "regimes/list.html", context)


@require_GET
def regime(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a rule-set says, rule by rule with its clause."""
    row = _regime(request, pk)
    pure = regime_selectors.as_regime(row)
    notes = row.document.get("notes") or {}
    parts = [
        (
            GROUP_WORDS[group],
            [
                {
                    "label": parameter_words(each.name),
                    "value": value_words(each, pure.value(each.name)),
                    "clause": clause_words(pure, each.name),
                    "open": pure.value(each.name) is None,
                    "needed": each.needed,
                    "note": notes.get(each.name, {}).get(getattr(request, "LANGUAGE_CODE", "kk"), ""),
                }
                for each in PARAMETERS
                if each.group is group
            ],
        )
        for group in Group
    ]
    context: dict[str, Any] = {
        "regime": row,
        "parts": parts,
        "open_rules": [parameter_words(each.name) for each in pure.open_rules],
        "may_edit": regime_selectors.may_edit_regime(request.user, row),
        "managed": organisations_for(request.user, Ability.MANAGE_REGIMES, whole=True),
    }
    return render(request, "regimes/regime.html", context)


@require_http_methods(["GET", "POST"])
def regime_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the rules of a rule-set; cycles that are open keep their copy."""
    row = _regime(request, pk)
    if not regime_selectors.may_edit_regime(request.user, row):
        raise PermissionDenied(_("You may not change this rule-set. Make a variant of your organisation's own."))
    form = RulesForm(request.POST or None, regime=row)
    if request.method == "POST" and form.is_valid():
        try:
            regime_services.regime_edit(regime=row, version=form.cleaned_data["version"], rules=form.rules())
        except regime_services.RegimeEditedError:
            form.add_error(None, _("Somebody else has saved this rule-set meanwhile. Load the page again and compare."))
        except RegimeDocumentError as refused:
            form.add_error(None, _("This rule cannot be followed: %(rule)s") % {"rule": parameter_words(refused.rule)})
        else:
            messages.success(request, _("The rule-set was saved. Cycles that are open keep the rules they began with."))
            return redirect("regime", pk)
    return render(request, "regimes/edit.html", {"regime": row, "form": form})


@require_POST
def regime_variant(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Make an organisation's own variant of a rule-set."""
    row, organisation = _regime(request, pk), _managed(request, number)
    variant = regime_services.regime_variant(regime=row, organisation=organisation)
    return redirect("regime_edit", variant.pk)


@require_http_methods(["GET", "POST"])
def regime_choose(request: HttpRequest, number: str) -> HttpResponse:
    """Choose the rule-set that an organisation follows."""
    organisation = _managed(request, number)
    rows = regime_selectors.regimes_for(request.user)
    initial = {"valid_from": timezone.localdate()}
    named = regime_selectors.named_positions()
    form = ChoiceForm(request.POST or None, organisation=organisation, regimes=rows, positions=named, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = next(row for row in rows if row.pk == form.cleaned_data["regime"])
        regime_services.regime_choose(
            organisation=organisation,
            regime=chosen,
            valid_from=form.cleaned_data["valid_from"],
            positions=form.cleaned_data["positions"],
        )
        messages.success(request, _("From that day the organisation follows this rule-set."))
        return redirect("regimes")
    return render(request, "regimes/choose.html", {"organisation": organisation, "form": form})


def _regime(request: HttpRequest, pk: int) -> Regime:
    row = regime_selectors.regime_for(request.user, pk)
    if row is None:
        raise Http404(_("There is no such rule-set among those you may see."))
    return row


def _managed(request: HttpRequest, number: str) -> Organisation:
    seen = {each.bin: each for each in organisations_for(request.user, Ability.SEE)}
    if number not in seen:
        raise Http404(_("There is no such organisation among those you may see."))
    if not may_in(request.user, Ability.MANAGE_REGIMES, seen[number]):
        raise PermissionDenied(_("You may not choose the rule-set of this organisation."))
    return seen[number]
