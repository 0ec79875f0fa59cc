"""The strings of the libraries that a user can meet.

A string is met where an installed library says it in a page, a form, a message or a mail of ours. Not met is what
stands only in files named here: names of languages that Sanat does not speak, pages of libraries that no address of
ours leads to, and what is shown to developers alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import django
import polib
from django.apps import apps
from django.conf import settings
from django.utils.translation import trans_real
from django.utils.translation.template import templatize

#: Files of libraries whose strings no user meets, by the package, and why.
UNMET = {
    "django": (
        "conf/global_settings.py",  # the names of a hundred languages; ours are in the settings
        "contrib/*/apps.py",  # names of apps that have no page in the admin
        "views/templates/*",  # the page of a new project and lists of folders: only with DEBUG
        "views/static.py",
        "views/generic/*",  # no view of ours is generic
    ),
    # Nothing in the admin has an address of its own.
    "django.contrib.contenttypes": ("contrib/contenttypes/views.py",),
    "django.contrib.messages": ("apps.py",),
    # Its rows have no page in the admin.
    "django_tasks_db": ("*",),
    "allauth": (
        # Apps that are not installed.
        *("headless/*", "idp/*", "mfa/*", "socialaccount/*", "usersessions/*"),
        *("templates/idp/*", "templates/mfa/*", "templates/openid/*", "templates/socialaccount/*"),
        "templates/usersessions/*",
        # Pages without an address here; those for logging in and out are our own.
        *("templates/account/*.html", "templates/account/email/*", "templates/allauth/*", "account/admin.py"),
    ),
}
#: What of allauth has an address here; one more, and its pages are met.
ALLAUTH_ADDRESSES = {"account_login", "account_logout"}
_CALLS = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"})
_CALL = re.compile(r"\b(?:_|n?gettext)\((?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|[^'\")])*\)")
_NO_SOURCE = frozenset({"tests", "management", "migrations"})


@dataclass(frozen=True, order=True)
class Said:
    """A string as gettext knows it."""

    library: str
    msgid: str
    context: str = ""
    plural: bool = False

    @property
    def key(self) -> str | tuple[str, int]:
        """The key of the string in a catalogue."""
        key = f"{self.context}\x04{self.msgid}" if self.context else self.msgid
        return (key, 0) if self.plural else key


def met(domain: str = "django") -> list[Said]:
    """Give every string of the installed libraries that a user can meet."""
    return sorted({said for name, folder in _libraries() for said in _said(name, folder, domain)})


def _libraries() -> Iterator[tuple[str, Path]]:
    """Give the installed libraries with their folders; Django's own core is one of them."""
    yield "django", Path(django.__file__).parent
    for config in apps.get_app_configs():
        folder = Path(config.path)
        of_ours = folder.parent == settings.BASE_DIR
        within = config.name.partition(".")[0] != "django" and (folder.parent / "locale").is_dir()
        if not of_ours and not within:
            yield config.name, folder


def _said(name: str, folder: Path, domain: str) -> Iterator[Said]:
    """Read what a library says from its own English catalogue; of one that has none, from its source."""
    places = folder / ("conf/locale" if name == "django" else "locale") / "en" / "LC_MESSAGES"
    if (places / f"{domain}.po").exists():
        for entry in polib.pofile(str(places / f"{domain}.po")):
            if not entry.obsolete and _is_met(name, [file for file, _line in entry.occurrences]):
                yield Said(name, entry.msgid, entry.msgctxt or "", bool(entry.msgid_plural))
    elif domain == "django" and name != "django" and not places.is_dir():
        yield from _in_source(name, folder)


def _is_met(name: str, files: list[str]) -> bool:
    unmet = UNMET.get(name, ())
    return not files or any(not any(fnmatch(file, each) for each in unmet) for file in files)


def _in_source(name: str, folder: Path) -> Iterator[Said]:
    """Read the source of a library, and its templates as gettext reads them."""
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.html")]):
        inside = path.relative_to(folder)
        if _NO_SOURCE & set(inside.parts) or not _is_met(name, [str(inside)]):
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            source = "\n".join(_CALL.findall(templatize(source)))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
                words = [each.value for each in node.args if isinstance(each, ast.Constant)]
                if words and isinstance(words[0], str):
                    yield Said(name, words[0], plural=node.func.id.startswith("n"))


def untranslated(language: str, domain: str = "django") -> list[Said]:
    """Give the strings that a user can meet and that have no words in a language."""
    catalogue = trans_real.DjangoTranslation(language, domain=domain, localedirs=_localedirs(domain))._catalog
    return [said for said in met(domain) if not catalogue.get(said.key)]


def _localedirs(domain: str) -> list[str] | None:
    """Give where the admin looks for the words of its scripts; those of pages are found by themselves."""
    return [str(Path(django.__file__).parent / "contrib/admin/locale")] if domain == "djangojs" else None
