"""Every string a user can meet is there in Kazakh and Russian, and the compiled catalogues are those of the sources.

That holds for our own strings and for those of the libraries, as far as a user meets them (`library_strings`).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.urls import get_resolver

from tests import library_strings
from tests.test_access import _names

ROOT = Path(__file__).parent.parent
CATALOGUES = sorted(ROOT.glob("locale*/*/LC_MESSAGES/*.po"))
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{\w*\}")
PLURALS = {
    "kk": "nplurals=2;plural=(n!=1);",
    "ru": (
        "nplurals=4;plural=(n%10==1&&n%100!=11?0:n%10>=2&&n%10<=4&&(n%100<12||n%100>14)?1:"
        "n%10==0||(n%10>=5&&n%10<=9)||(n%100>=11&&n%100<=14)?2:3);"
    ),
}
KAZAKH_ONLY = re.compile("[әғқңөұүһӘҒҚҢӨҰҮҺіІ]")
MIXED = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі][A-Za-z]|[A-Za-z][А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]")


def _texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_there_are_catalogues() -> None:
    assert {path.parent.parent.name for path in CATALOGUES} == {"kk", "ru"}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_catalogue_is_complete(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    lacking = [entry.msgid for entry in catalogue if not entry.translated() or "fuzzy" in entry.flags]
    assert lacking == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_placeholders_and_letters_are_right(path: Path) -> None:
    for entry in polib.pofile(str(path)):
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
        for text in _texts(entry):
            assert set(PLACEHOLDER.findall(text)) <= wanted, entry.msgid
            words = PLACEHOLDER.sub(" ", re.sub(r"<[^>]*>", " ", text))
            assert not MIXED.search(words), text
            # A sentence that names Kazakh letters names them in every language.
            if path.parent.parent.name == "ru" and not KAZAKH_ONLY.search(entry.msgid):
                assert not KAZAKH_ONLY.search(words), text


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_compiled_catalogue_is_that_of_the_source(path: Path) -> None:
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    written = {
        (entry.msgctxt, entry.msgid): tuple(_texts(entry)) for entry in polib.pofile(str(path)) if not entry.obsolete
    }
    assert {(entry.msgctxt, entry.msgid): tuple(_texts(entry)) for entry in compiled} == written


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_plurals_have_the_forms_of_their_language(path: Path) -> None:
    """Kazakh has two, the second for all but one; Russian has four, the last for parts of a whole."""
    catalogue, forms = polib.pofile(str(path)), PLURALS[path.parent.parent.name]
    assert catalogue.metadata["Plural-Forms"].replace(" ", "") == forms
    count = int(forms.removeprefix("nplurals=")[0])
    assert not [entry.msgid for entry in catalogue if entry.msgid_plural and len(entry.msgstr_plural) != count]


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed: apt-get install gettext")
@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_gettext_finds_no_fault_in_a_catalogue(path: Path) -> None:
    """What `compilemessages` does, without writing: placeholders of the right kind, headers, nothing twice."""
    command = ["msgfmt", "--check", "-o", os.devnull, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("domain", ["django", "djangojs"])
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_libraries_say_everything_that_a_user_can_meet(language: str, domain: str) -> None:
    assert len(library_strings.met(domain)) > 50
    assert library_strings.untranslated(language, domain) == []


def test_no_page_of_allauth_is_open_that_its_strings_are_not_looked_for() -> None:
    found = {name for name in _names(get_resolver().url_patterns) if name.startswith(("account_", "mfa_", "social"))}
    assert found == library_strings.ALLAUTH_ADDRESSES


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed: apt-get install gettext")
def test_every_string_of_the_source_is_in_the_catalogues(tmp_path: Path) -> None:
    """Collect the strings anew, from a copy, and compare."""
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in files.stdout.splitlines():
        if name.endswith((".py", ".html", ".txt", ".po")) and not name.startswith(("tests/", "fixtures/")):
            target = tmp_path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "manage.py", "makemessages", "-l", "kk", "--no-location", "--no-obsolete"]
    subprocess.run(
        command, cwd=tmp_path, check=True, capture_output=True, env={**os.environ, "DATA_DIR": str(tmp_path)}
    )
    name = "locale/kk/LC_MESSAGES/django.po"
    found = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(tmp_path / name))}
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(ROOT / name))}
    assert found == known
