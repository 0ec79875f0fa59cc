"""What rights mean to Django's admin: who edits texts holds the permissions of the norms, and no others."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser

from employees import access
from employees.access import Ability
from employees.models import User

#: The app of the norms, and what may be done there with each of its models; nothing is ever deleted.
_APP = "positions"
_EDITED = ("act", "chapter", "position", "draft")
_READ = ("edition", "editionchange")

TEXT_PERMISSIONS = frozenset(
    {f"{_APP}.{action}_{model}" for model in _EDITED for action in ("view", "add", "change")}
    | {f"{_APP}.view_{model}" for model in _READ}
)


class TextsBackend(BaseBackend):
    """Gives those who may edit texts the permissions for it, on top of what Django knows of them."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Give the permissions that follow from a user's rights (no query beyond her rights)."""
        edits = isinstance(user_obj, User | AnonymousUser) and access.may_anywhere(user_obj, Ability.EDIT_TEXTS)
        return set(TEXT_PERMISSIONS) if edits and obj is None else set()

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Tell whether a user may do anything in an app."""
        return app_label == _APP and bool(self.get_all_permissions(user_obj))
