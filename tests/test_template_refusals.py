"""What no template may be or say: files that are refused by name, tags that are named with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.utils import translation
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.parser import parse_xml

from attestation.models import PaperTemplate
from attestation.papers.own_templates import refuse_unfit, template_set
from attestation.papers.word_files import MAX_FILE_BYTES, MAX_TAGS, Fault, FileRefusedError, refuse_unusable
from attestation.papers.word_tags import (
    PaperEnvironment,
    Reason,
    SeveralValuesError,
    TagProblem,
    TagsRefusedError,
    TooLongError,
)
from attestation.papers.word_words import fault_words, problem_words
from employees.models import Organisation, User
from tests.word_documents import (
    Change,
    W,
    address,
    deleted,
    doubled,
    entity,
    field,
    letter,
    many_parts,
    named,
    noted,
    repacked,
    sent,
    typed,
    workbook,
)

_LINK = "https://example.kz/letterhead"
FILES: dict[str, tuple[Callable[[], bytes], Fault, str]] = {
    "text": (lambda: b"{{ title }}", Fault.NOT_A_DOCUMENT, ""),
    "empty archive": (lambda: repacked(workbook(), **{"[Content_Types]_DOT_xml": None}), Fault.NOT_A_DOCUMENT, ""),
    "workbook": (workbook, Fault.NOT_A_DOCUMENT, ""),
    "Word template": (lambda: typed("document.main+xml", "template.main+xml"), Fault.NOT_A_DOCUMENT, ""),
    "cut off": (lambda: letter()[:9000], Fault.NOT_A_DOCUMENT, ""),
    "no document": (lambda: repacked(letter(), word__document_DOT_xml=None), Fault.NOT_A_DOCUMENT, ""),
    "too large": (lambda: letter() + b"\0" * MAX_FILE_BYTES, Fault.TOO_LARGE, "2"),
    "bomb of zeros": (
        lambda: repacked(letter(), word__media__a_DOT_png=b"\0" * 40_000_000),
        Fault.UNPACKS_TOO_MUCH,
        "",
    ),
    "bomb of text": (
        lambda: repacked(letter(), word__header9_DOT_xml=b"<a>" + b" " * 9_000_000 + b"</a>"),
        Fault.UNPACKS_TOO_MUCH,
        "",
    ),
    "many parts": (many_parts, Fault.UNPACKS_TOO_MUCH, ""),
    "doubled part": (doubled, Fault.UNPACKS_TOO_MUCH, ""),
    "torn": (lambda: repacked(letter(), word__document_DOT_xml=b"<w:document"), Fault.DAMAGED, ""),
    "entities": (entity, Fault.DAMAGED, ""),
    "hidden text": (
        lambda: typed('Extension="jpeg" ContentType="image/jpeg', 'Extension="jpeg" ContentType="a/xml'),
        Fault.DAMAGED,
        "",
    ),
    "macro document": (
        lambda: typed(
            "openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "ms-word.document.macroEnabled.main+xml",
        ),
        Fault.MACROS,
        "/word/document.xml",
    ),
    "macro part": (lambda: repacked(letter(), word__vbaProject_DOT_bin=b"a"), Fault.MACROS, "word/vbaProject.bin"),
    "link": (
        lambda: letter(change=lambda made: made.part.relate_to(_LINK, RELATION.HYPERLINK, is_external=True)),
        Fault.EXTERNAL,
        _LINK,
    ),
    "distant template": (
        lambda: letter(
            change=lambda made: made.part.relate_to(
                r"\\host\a.dotm", RELATION.HYPERLINK.replace("hyperlink", "attachedTemplate"), is_external=True
            )
        ),
        Fault.EXTERNAL,
        r"\\host\a.dotm",
    ),
    "distant picture": (
        lambda: letter(change=address("imagedata", "o", "src", "file:///c:/a.png")),
        Fault.EXTERNAL,
        "file:///c:/a.png",
    ),
    "object": (lambda: repacked(letter(), word__embeddings__a_DOT_bin=b"a"), Fault.OBJECTS, "word/embeddings/a.bin"),
    "fetched text": (lambda: letter(change=field(' INCLUDETEXT "c:\\\\a.txt" ')), Fault.FIELDS, "INCLUDETEXT"),
    "program in pieces": (lambda: letter(change=field(" DD", "EAUTO cmd ")), Fault.FIELDS, "DDEAUTO cmd"),
    "simple field": (
        lambda: letter(
            change=lambda made: made.add_paragraph()._p.append(parse_xml(f'<w:fldSimple {W} w:instr=" DDE a b "/>'))
        ),
        Fault.FIELDS,
        "DDE a b",
    ),
    "tag not ended": (lambda: letter("Құрметті {{ person.name"), Fault.BROKEN_TAG, "{{ person.name"),
    "tag over two paragraphs": (lambda: letter("{{ person", ".name }}"), Fault.BROKEN_TAG, "{{ person"),
    "brackets of two kinds": (lambda: letter("{{ person.name %}"), Fault.BROKEN_TAG, "{{ person.name %}"),
    "one brace": (lambda: letter("{ person.name }"), Fault.BROKEN_TAG, "{ person.name }"),
    "braces in two paragraphs": (lambda: letter("{", "{ person.name }}"), Fault.BROKEN_TAG, "{"),
    "tag without end": (lambda: letter("{% colspan " + " " * 400 + "%x %}"), Fault.BROKEN_TAG, "{% colspan"),
    "tag in the name of a picture": (lambda: letter(change=named("{{ title }}")), Fault.BROKEN_TAG, "{{ title }}"),
    "tag in deleted text": (lambda: letter(change=deleted("{{ title }}")), Fault.BROKEN_TAG, "{{ title }}"),
    "tag in a note": (lambda: noted("{{ title }}"), Fault.DAMAGED, ""),
    "document put in": (lambda: letter("{{p person.name }}"), Fault.BROKEN_TAG, "{{p person.name }}"),
    "many tags": (lambda: letter("{{ title }}" * 1001), Fault.TOO_MANY_TAGS, "1000"),
}

TAGS: dict[str, tuple[Sequence[str], list[tuple[str, Reason]]]] = {
    "unknown": (["{{ person.nam }}"], [("person.nam", Reason.UNKNOWN)]),
    "several unknown": (
        ["{{ nobody }} {{ person.name.first }}", "{% if title %}{{ cycle.day }}{% endif %}"],
        [("nobody", Reason.UNKNOWN), ("person.name.first", Reason.UNKNOWN), ("cycle.day", Reason.UNKNOWN)],
    ),
    "of another paper": (["{{ hearings }}"], [("hearings", Reason.UNKNOWN)]),
    "in a loop": (["{% for label, value in facts %}{{ labl }}{% endfor %}"], [("labl", Reason.UNKNOWN)]),
    "after its loop": (["{% for a, b in facts %}{{ a }}{% endfor %}{{ a }}"], [("a", Reason.UNKNOWN)]),
    "several values": (["{{ facts }} {{ person }}"], [("facts", Reason.SEVERAL), ("person", Reason.SEVERAL)]),
    "no list": (["{% for a in title %}{{ a }}{% endfor %}"], [("for a in title", Reason.NOT_A_LIST)]),
    "three of two": (["{% for a, b, c in facts %}{{ a }}{% endfor %}"], [("for a, b, c in facts", Reason.NOT_A_LIST)]),
    "classes": (["{{ ''.__class__.__mro__ }}"], [("''.__class__.__mro__", Reason.FORBIDDEN)]),
    "classes by brackets": (["{{ title['__class__'] }}"], [("title['__class__']", Reason.FORBIDDEN)]),
    "classes by a filter": (["{{ title | attr('__class__') }}"], [("title | attr", Reason.FORBIDDEN)]),
    "call": (["{{ title.format(1) }}"], [("title.format()", Reason.FORBIDDEN)]),
    "globals": (["{{ cycler.next }} {{ range(9) }}"], [("range()", Reason.FORBIDDEN), ("cycler", Reason.UNKNOWN)]),
    "length": (["{{ 'a' * 1000000000 }}"], [("'a' * 1000000000", Reason.FORBIDDEN)]),
    "power": (["{{ 9 ** 9 ** 9 }}"], [("9 ** 9 ** 9", Reason.FORBIDDEN)]),
    "not escaped": (["{{ title | safe }}"], [("title | safe", Reason.FORBIDDEN)]),
    "set": (["{% set a = title %}"], [("set", Reason.FORBIDDEN)]),
    "macro": (["{% macro a() %}{% endmacro %}"], [("macro", Reason.FORBIDDEN)]),
    "file": (["{% include '/etc/passwd' %}"], [("include", Reason.FORBIDDEN)]),
    "loop in a loop": (
        ["{% for a, b in facts %}{% for c, d in facts %}x{% endfor %}{% endfor %}"],
        [("for c, d in facts", Reason.FORBIDDEN)],
    ),
    "no such statement": (["{% vor a in facts %}"], [("{% vor a in facts %}", Reason.UNREADABLE)]),
    "no end": (["{%p if title %}", "a"], [("{% if title %}", Reason.UNREADABLE)]),
    "not always there": (["{{ facts[7][1] }}"], [("{{ facts[7][1] }}", Reason.MISSING)]),
    "in the heading": (["{{ titel }}"], [("titel", Reason.UNKNOWN)]),
}


# ------------------------------------------------------------------------------------------------------------- refused


@pytest.mark.parametrize("name", list(FILES))
def test_a_file_that_cannot_be_a_template_is_refused_by_name(name: str) -> None:
    make, fault, told_part = FILES[name]
    with pytest.raises(FileRefusedError) as refused:
        refuse_unfit("notice", "kk", make())
    assert refused.value.fault is fault
    assert told_part in fault_words(refused.value)


def test_what_is_just_within_the_bounds_is_taken() -> None:
    refuse_unfit("notice", "kk", letter("{{ title }}" * MAX_TAGS))
    with pytest.raises(FileRefusedError) as refused:
        refuse_unusable(b"\0" * MAX_FILE_BYTES)
    assert refused.value.fault is Fault.NOT_A_DOCUMENT


def test_fields_that_count_pages_may_stay() -> None:
    refuse_unfit("notice", "kk", letter(change=field(" PA", "GE ")))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["text", "macro document", "too large", "link", "tag not ended"])
def test_the_page_says_why_a_file_was_refused_and_saves_nothing(name: str, hr: User) -> None:
    make, _fault, told_part = FILES[name]
    before = template_set(
        organisation=Organisation.objects.get(), kind="notice", language="kk", name="a.docx", content=letter(), user=hr
    )
    answer = sent(hr, make())
    assert answer.status_code == 422
    assert told_part in answer.content.decode()
    assert "The file was not taken, and nothing has changed." in answer.content.decode()
    assert [(row.pk, row.name) for row in PaperTemplate.objects.all()] == [(before.pk, "a.docx")]


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(TAGS))
def test_a_tag_that_cannot_be_used_is_named_with_the_reason(name: str, hr: User) -> None:
    texts, expected = TAGS[name]
    content = letter(*texts) if name != "in the heading" else letter(change=_headed(texts[0]))
    answer = sent(hr, content)
    assert answer.status_code == 422
    with translation.override("en"):
        problems = [(tag, problem_words(TagProblem(tag, reason))) for tag, reason in expected]
    assert answer.context["problems"] == problems
    assert not PaperTemplate.objects.exists()


def _headed(text: str) -> Change:
    def change(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = text

    return change


@pytest.mark.django_db
def test_a_condition_that_begins_in_a_table_and_ends_outside_is_refused(hr: User) -> None:
    """An order on everybody has an annex on the commission; a further one has none, and the table would be torn."""

    def change(made: Any) -> None:
        made.add_table(rows=1, cols=1).cell(0, 0).text = "{% if commission %}"
        made.add_paragraph("{% endif %}")

    answer = sent(hr, letter("a", change=change), kind="order")
    assert answer.status_code == 422
    with translation.override("en"):
        torn = problem_words(TagProblem("", Reason.ACROSS))
    assert [reason for _tag, reason in answer.context["problems"]] == [torn]


def test_every_reason_has_words() -> None:
    said = [fault_words(FileRefusedError(fault, "x")) for fault in Fault]
    said += [problem_words(TagProblem("x", reason)) for reason in Reason]
    assert len(set(said)) == len(Fault) + len(Reason)
    assert not any("%" in each for each in said)


# ------------------------------------------------------------------------------------------------------------- sandbox


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ a['__init__'] }}",
        "{{ a.b() }}",
        "{{ [].append }}",
        "{{ {} }}",
        "{{ a | map(attribute='x') }}",
        "{{ a is sameas b }}",
        "{% import 'x' as y %}",
        "{% for a in b recursive %}{% endfor %}",
        "{% for a in b %}{% for c in b %}{% endfor %}{% endfor %}",
        "{{ a[1:2] }}",
        "{{ a[b] }}",
        "{{ _a }}",
    ],
)
def test_what_templates_may_not_do_is_never_compiled(source: str) -> None:
    with pytest.raises(TagsRefusedError):
        PaperEnvironment().from_string(source)


def test_what_comes_out_of_a_template_is_bounded() -> None:
    template = PaperEnvironment().from_string("{% for a in b %}" + "x" * 1_000_000 + "{% endfor %}")
    assert len(template.render(b=["a"] * 3)) == 3_000_000
    with pytest.raises(TooLongError):
        template.render(b=["a"] * 31)


def test_nothing_is_written_of_what_is_no_text() -> None:
    for value in (object(), ["a"], {"a": "b"}, None, True):
        with pytest.raises(SeveralValuesError):
            PaperEnvironment().from_string("{{ a }}").render(a=value)
