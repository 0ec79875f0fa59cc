"""The Word templates of organisations: ours, or one of its own for a kind of paper in a language.

A template is tried before it is taken: on an invented paper that says everything, and on one that says as little as
there may be. So what can be found out about it is found out by whoever sends it, and not by whoever prints with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from attestation.codes import PaperKind
from attestation.models import Paper, PaperTemplate
from attestation.papers.word import (
    UnreadableTemplateError,
    context_of,
    filled,
    paper_docx,
    parsed,
    parts_of,
    source_of,
    tags_in,
)
from attestation.papers.word_examples import example
from attestation.papers.word_files import Fault, FileRefusedError, refuse_torn_tags, refuse_unusable
from attestation.papers.word_shapes import unknown_tags
from attestation.papers.word_tags import TagProblem, TagsRefusedError
from attestation.papers.word_templates import our_template
from employees.models import Organisation, User

#: The languages of which an organisation may have templates of its own; papers in English are a working translation.
OWN_LANGUAGES = ("kk", "ru")
_NAME = 200


class OwnTemplateError(Exception):
    """A paper cannot be written with the organisation's own template; names it and the tags that fail."""

    def __init__(self, template: PaperTemplate, problems: Sequence[TagProblem] = ()) -> None:
        super().__init__()
        self.template = template
        self.problems = list(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRow:
    """A kind of paper with the organisation's own template in each language, None where ours is used."""

    kind: PaperKind
    own: Mapping[str, PaperTemplate | None]


# --------------------------------------------------------------------------------------------------------------- reads


def template_rows(organisation: Organisation) -> list[TemplateRow]:
    """List the kinds of papers with the templates that an organisation uses (1 query)."""
    rows = PaperTemplate.objects.filter(organisation=organisation).defer("content").select_related("uploaded_by")
    known = {(row.kind, row.language): row for row in rows.order_by("kind", "language")}
    return [
        TemplateRow(kind=kind, own={language: known.get((kind, language)) for language in OWN_LANGUAGES})
        for kind in PaperKind
    ]


def own_template(organisation: Organisation, kind: PaperKind | str, language: str) -> PaperTemplate | None:
    """Give an organisation's own template of a kind and language, if there is one (1 query)."""
    rows = PaperTemplate.objects.filter(organisation=organisation, kind=kind, language=language)
    return rows.select_related("uploaded_by").first()


def paper_word(paper: Paper, language: str, *, iin_in_full: bool = True) -> bytes:
    """Write a paper as Word, with the organisation's own template or ours (1 query). Raises OwnTemplateError."""
    own = own_template(paper.organisation, paper.kind, language)
    template = bytes(own.content) if own is not None else our_template(paper.kind, language)
    try:
        return paper_docx(paper, language, template=template, iin_in_full=iin_in_full)
    except (TagsRefusedError, UnreadableTemplateError) as error:
        if own is None:
            raise
        raise OwnTemplateError(own, getattr(error, "problems", ())) from None


# -------------------------------------------------------------------------------------------------------------- writes


def refuse_unfit(kind: PaperKind | str, language: str, content: bytes) -> None:
    """Refuse a file that cannot be the template of a kind. Raises FileRefusedError and TagsRefusedError."""
    refuse_unusable(content)
    full, bare = (context_of(example(kind, bare=bare), language) for bare in (False, True))
    try:
        parts = parts_of(content)
        refuse_torn_tags(map(parsed, parts))
        problems = [problem for part in parts for problem in _problems(source_of(part), full)]
        if problems:
            raise TagsRefusedError(problems)
        for context in (full, bare):
            filled(content, context)
    except (FileRefusedError, TagsRefusedError):
        raise
    except Exception:
        # Reading a document fails by whatever the damage happened to break.
        raise FileRefusedError(Fault.DAMAGED) from None


def _problems(source: str, known: Mapping[str, Any]) -> list[TagProblem]:
    """Give the tags of a part that cannot be used: all of them, so that they can be mended at once."""
    try:
        tree, problems = tags_in(source)
    except TagsRefusedError as refused:
        return refused.problems
    # Of something that templates may not do, the parts are not blamed for themselves.
    blamed = [problem.tag for problem in problems]
    unknown = unknown_tags(tree, known)
    return problems + [problem for problem in unknown if not any(problem.tag in tag for tag in blamed)]


@transaction.atomic
def template_set(
    *, organisation: Organisation, kind: PaperKind | str, language: str, name: str, content: bytes, user: User
) -> PaperTemplate:
    """Take a file as the organisation's own template. Raises FileRefusedError and TagsRefusedError."""
    if language not in OWN_LANGUAGES:
        raise ValidationError({"language": [language]})
    refuse_unfit(kind, language, content)
    values = {"name": name[-_NAME:], "content": content, "uploaded_by": user}
    found, _made = PaperTemplate.objects.update_or_create(
        organisation=organisation, kind=kind, language=language, defaults=values
    )
    return found


@transaction.atomic
def template_drop(*, organisation: Organisation, kind: PaperKind | str, language: str) -> bool:
    """Go back to our template; tell whether there was another."""
    count, _by_model = PaperTemplate.objects.filter(organisation=organisation, kind=kind, language=language).delete()
    return bool(count)
