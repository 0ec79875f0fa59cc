"""Papers, mails, refusals and the names of codes say no word in another language than their reader's."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import models
from django.utils import translation

import attestation
import employees
import positions
from attestation import cycle_services as services
from attestation.codes import PaperKind
from attestation.cycle import Actor, Caution, Lack, Missed, Note, Refusal, Step, Task
from attestation.digest import Prospect, Standing, digest
from attestation.digest_mail import _mail
from attestation.move_words import actor_words, task_words
from attestation.papers.drawing import paper_pdf
from attestation.papers.own_templates import paper_word
from attestation.papers.word import paper_docx
from attestation.papers.word_examples import example
from attestation.papers.word_guide import tag_rows
from attestation.papers.word_templates import our_template
from attestation.refusal_words import caution_words, missed_words, step_words
from attestation.refusal_words import told as refused
from attestation.regime_words import parameter_words
from attestation.regimes import PARAMETERS
from employees.codes import Role
from employees.invitations import invitation_send
from employees.models import Organisation, User
from positions.rules import Category, Level, RungKey, Status
from tests.cycles import GENERAL, WITH_CATEGORY, fresh
from tests.languages import LANGUAGES
from tests.paper_scenes import TODAY, told
from tests.procedure import regime
from tests.reading import Page, Piece, pdf_pieces, word_pieces
from tests.walk_scene import not_named_alike
from tests.walking import Walk

pytestmark = pytest.mark.django_db
APPS = (attestation, employees, positions)


def modules() -> Iterator[ModuleType]:
    """Give every module of ours that says something."""
    for app in APPS:
        for found in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
            if ".migrations" not in found.name and ".management" not in found.name:
                yield importlib.import_module(found.name)


def ours(kind: type) -> list[type[Any]]:
    """Give every class of a kind that is made in a module of ours."""
    found = {
        made
        for module in modules()
        for _name, made in inspect.getmembers(module, inspect.isclass)
        if issubclass(made, kind) and made.__module__ == module.__name__
    }
    return sorted(found, key=lambda made: (made.__module__, made.__name__))


# --------------------------------------------------------------------------------------------------------------- papers


@pytest.mark.parametrize("code", [GENERAL, WITH_CATEGORY])
def test_every_paper_speaks_the_language_of_its_sheet(code: str) -> None:
    found = told(code)
    services.result_refuse(
        case=fresh(found.cases[0]),
        version=fresh(found.cases[0]).version,
        witnesses="Нұрланова Әсем\nКим Виктория",
        user=found.here.hr,
        on=date(2026, 4, 24),
    )
    papers = [(kind, found.paper(kind)) for kind in PaperKind]
    for language in LANGUAGES:
        walk = Walk(language, {})
        for kind, paper in papers:
            walk.read(f"{kind}.pdf", pdf_pieces(paper_pdf(paper, language, today=TODAY)))
            walk.read(f"{kind}.docx", word_pieces(paper_word(paper, language)))
        assert walk.told() == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_templates_and_the_meanings_of_their_tags_speak_one_language(language: str) -> None:
    walk = Walk(language, {})
    with translation.override(language):
        for kind in PaperKind:
            template = our_template(kind, language)
            walk.read(f"{kind}: template", word_pieces(template))
            walk.read(f"{kind}: blank", word_pieces(paper_docx(example(kind, bare=True), language, template=template)))
            walk.read(f"{kind}: tags", [Piece(row.meaning) for row in tag_rows(kind, language)])
    assert walk.told() == ""


# ---------------------------------------------------------------------------------------------------------------- mails


@pytest.mark.parametrize("language", LANGUAGES)
def test_mails_speak_the_language_of_their_receiver(
    language: str, admin: User, organisation: Organisation, hr: User
) -> None:
    not_named_alike({"admin": admin, "hr": hr})
    for number, role in enumerate(Role):
        told_by: dict[str, Any] = {"role": role, "organisation": organisation, "unit": None, "language": language}
        invitation_send(
            actor=admin,
            username=f"Шолпан{number}",
            email=f"new{number}@example.kz",
            link_to=lambda token: f"https://sanat.example/invitations/{token}/",
            **told_by,
        )
    hr.email, hr.language = "hr@example.kz", language
    _mail(hr, digest(list(_prospects()), on=TODAY, until=date(2026, 8, 4))).send()
    assert len(mail.outbox) == len(Role) + 1
    walk = Walk(language, {})
    for letter in mail.outbox:
        walk.read(f"mail to {letter.to[0]}", [Piece(letter.subject), Piece(str(letter.body))])
    assert walk.told() == ""


def _prospects() -> Iterator[Prospect]:
    """Give somebody for every topic, and somebody of whom nothing is known."""
    rung = RungKey(Level.HIGHEST, Category.FIRST)
    soon = date(2026, 6, 1)
    yield Prospect(pk=1, name="Ә", next=rung, next_status=Status.MET)
    yield Prospect(pk=2, name="Ә", next=rung, next_status=Status.NOT_MET, reachable_on=soon)
    yield Prospect(pk=3, name="Ә", current=rung, lapses_on=soon)
    yield Prospect(pk=4, name="Ә", lapsed_on=date(2026, 3, 1), current=rung)
    for standing in Standing:
        yield Prospect(pk=5, name="Ә", due=standing, due_on=soon, overdue_on=date(2026, 3, 1))
    yield Prospect(pk=6, name="Ә", is_unknown=True, doubts=(("education", "no_record", ""),))


# ------------------------------------------------------------------------------------------------- refusals and codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_procedure_speaks_the_language_of_the_reader(language: str) -> None:
    rules, day = regime("a"), date(2026, 4, 1)
    walk = Walk(language, {})
    with translation.override(language):
        said = {f"lack {code}": refused(Refusal(code, "quorum", day=day, needed=5, found=4), rules) for code in Lack}
        said |= {f"note {code}": caution_words(Caution(code=code, rule="quorum"), rules) for code in Note}
        said |= {f"missed {step}": missed_words(_late(step, day), rules) for step in Step}
        walk.read("procedure", [Piece(f"{each.words} {each.clause}", None, name) for name, each in said.items()])
        names = [*map(step_words, Step), *map(task_words, Task), *map(actor_words, Actor)]
        names += [parameter_words(each.name) for each in PARAMETERS]
        walk.read("names", map(Piece, names))
    assert walk.told() == ""


def _late(step: Step, day: date) -> Missed:
    return Missed(code=step, rule="quorum", deadline=day, happened=day)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_by_name_speaks_the_language_of_the_reader(language: str) -> None:
    walk = Walk(language, {})
    with translation.override(language):
        for made in ours(Exception):
            if not hasattr(made.__str__, "__module__"):
                continue  # it has no words of its own
            try:
                words = str(made())
            except TypeError:
                continue  # this one needs to be told what it is about: the pages that refuse show it
            walk.read(made.__name__, [Piece(words)])
    assert walk.told() == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_and_every_field_has_a_name_in_the_language(language: str) -> None:
    walk = Walk(language, {})
    with translation.override(language):
        for codes in ours(models.TextChoices):
            walk.read(codes.__name__, [Piece(str(each.label), None, each.value) for each in codes])
        for model in ours(models.Model):
            if model._meta.abstract:
                continue
            meta = model._meta
            walk.read(model.__name__, [Piece(str(meta.verbose_name)), Piece(str(meta.verbose_name_plural))])
    assert walk.told() == ""


# --------------------------------------------------------------------------------------------------- nothing left bare

_TRANSLATED = re.compile(
    r"{%-?\s*blocktrans(?:late)?\b.*?{%-?\s*endblocktrans(?:late)?\s*-?%}|{%-?\s*comment.*?endcomment\s*-?%}"
    r"|{#.*?#}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)


def _bare(path: Path) -> list[Piece]:
    """Give what a template says between its tags; a part whose language a tag decides is nobody's."""
    text = _TRANSLATED.sub(" ", path.read_text(encoding="utf-8"))
    pieces = Page(text).pieces if path.suffix == ".html" else [Piece(text)]
    return [Piece(each.text, None, each.where) for each in pieces if each.language not in LANGUAGES]


def test_no_template_has_a_word_of_its_own(tmp_path: Path) -> None:
    """What is not between the tags of a translation is said in every language alike."""
    walks = [Walk("kk", {}), Walk("en", {})]
    folder = django_settings.BASE_DIR / "templates"
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt")]):
        for walk in walks:
            walk.read(str(path.relative_to(folder)), _bare(path))
    assert [walk.told() for walk in walks] == ["", ""]
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<p title="{% translate "Right" %}">Wrong <b>{{ value }}</b>{# right #}</p>', encoding="utf-8")
    walks[0].read("wrong", _bare(wrong))
    assert [finding.words for finding in walks[0].findings] == [("Wrong",)]
