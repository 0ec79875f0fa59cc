"""Who may open a page of the desk: whoever holds the permission, however she came by it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]


def needs(permission: str) -> Callable[[View], View]:
    """Refuse whoever does not hold a permission of the norms."""

    def decorated(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(f"positions.{permission}"):
                raise PermissionDenied(_("Only editors of texts may do this."))
            return view(request, *args, **kwargs)

        return guarded

    return decorated
