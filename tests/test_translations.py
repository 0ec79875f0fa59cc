"""Every string a user can meet is there in Kazakh and Russian, and the compiled catalogues are those of the sources."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parent.parent
CATALOGUES = sorted(ROOT.glob("locale*/*/LC_MESSAGES/*.po"))
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{\w*\}")
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
