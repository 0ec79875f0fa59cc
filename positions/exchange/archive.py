"""Norm files that somebody has sent, one by itself or many in an archive: unpacked in memory, never onto a disk."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath

import yaml
from django.utils.translation import gettext as _

from positions.exchange.problems import FileRefusedError, Problem, TextsRefusedError

MAX_FILES = 500
MAX_TEXT_BYTES = 2 * 1024 * 1024
MAX_UNPACKED_BYTES = 40 * 1024 * 1024
_SUFFIXES = (".yaml", ".yml")
#: What may begin an alias, an anchor or a tag; only then is it worth looking closer.
_REFERENCE = re.compile(r"(?:^|[\s\[{,:-])[&*!]\S", re.MULTILINE)


def read_archive(content: bytes) -> dict[str, str]:
    """Give the norm files of an archive by their names.

    Raises FileRefusedError where the archive cannot be trusted, TextsRefusedError where a file of it cannot be read.
    """
    broken = _("The file is damaged or is not an archive (.zip).")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not _passed_over(member)]
            _refuse_hostile(members)
            found = {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise FileRefusedError(broken) from error
    if not found:
        raise FileRefusedError(_("The archive holds no norm files (.yaml)."))
    return texts_of(found.items())


def _passed_over(member: zipfile.ZipInfo) -> bool:
    """Pass over folders, the acts, and what the system of a sender puts beside the files."""
    path = PurePosixPath(member.filename)
    return (
        member.is_dir()
        or path.parts[:1] == ("__MACOSX",)
        or path.name.startswith(".")
        or path.name in {"acts.yaml", "Thumbs.db"}
    )


def _refuse_hostile(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_FILES or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise FileRefusedError(_("The archive unpacks to more data than norm files can hold."))
    seen: set[str] = set()
    for member in members:
        name = member.filename
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise FileRefusedError(
                _("The archive holds a file outside of its folders: %(name)s.") % {"name": name[:100]}
            )
        if path.suffix not in _SUFFIXES:
            raise FileRefusedError(
                _("The archive holds something else than norm files: %(name)s.") % {"name": name[:100]}
            )
        if name in seen:
            raise FileRefusedError(_("A file stands twice in the archive: %(name)s.") % {"name": name[:100]})
        seen.add(name)


def texts_of(files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """Read files as texts. Raises TextsRefusedError with every file that is none."""
    texts, problems = {}, []
    for name, content in files:
        if len(content) > MAX_TEXT_BYTES:
            reason = _("The file is larger than %(limit)d MB.") % {"limit": MAX_TEXT_BYTES // (1024 * 1024)}
            problems.append(Problem(file=name, reason=reason))
            continue
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            problems.append(Problem(file=name, number=1, reason=_("The file is not UTF-8 text.")))
            continue
        problems += _references(name, text)
        texts[name] = text
    if problems:
        raise TextsRefusedError(problems)
    return texts


def _references(name: str, text: str) -> list[Problem]:
    """Refuse aliases, anchors and tags, with which a small file can grow beyond measure, and too deep a nesting."""
    if not _REFERENCE.search(text) and text.count("[") < 2000 and text.count("{") < 2000:
        return []
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
                reason = _("Aliases, anchors and tags of YAML are not accepted; put a text that begins so in quotes.")
                return [Problem(file=name, number=token.start_mark.line + 1, reason=reason)]
    except yaml.YAMLError:
        return []  # what is wrong is said, with its line, by whoever reads the file
    return []
