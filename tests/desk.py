"""An editor at her desk: opens a draft, fills its form as a browser would, presses its buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from employees.codes import Role
from employees.models import Organisation, User
from positions.models import Draft, Edition, Position
from tests.browsing import as_user, words
from tests.factories import GrantFactory, UserFactory, position

Fields = dict[str, list[str]]


class _FormReader(HTMLParser):
    """Reads what the form of a draft would send if no button but one were pressed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: Fields = {}
        self.buttons: list[str] = []
        self.ids: set[str] = set()
        self.anchors: set[str] = set()
        self._inside = False
        self._text: str | None = None
        self._select: str | None = None
        self._content = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.ids |= {told["id"]} if "id" in told else set()
        if tag == "a" and "#" in told.get("href", ""):
            self.anchors.add(told["href"].partition("#")[2])
        if tag == "form":
            self._inside = told.get("id") == "draft"
        if not self._inside:
            return
        if tag == "button" and "disabled" not in told:
            self.buttons.append(told.get("value", ""))
        elif tag == "textarea":
            self._text, self._content = told["name"], ""
        elif tag == "select":
            self._select = told["name"]
        elif tag == "option" and self._select and "selected" in told:
            self.fields[self._select] = [told["value"]]
        elif tag == "input" and "name" in told:
            if told.get("type") != "checkbox":
                self.fields.setdefault(told["name"], []).append(told.get("value", ""))
            elif "checked" in told:
                self.fields.setdefault(told["name"], []).append(told.get("value") or "on")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._content += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            # A browser takes the line break after the opening tag away, and sends the others as CR LF.
            self.fields[self._text] = [self._content.removeprefix("\n").replace("\n", "\r\n")]
            self._text = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._inside = False


@dataclass
class Sheet:
    """The page of a draft as it came: what its form would send, and which places it has."""

    fields: Fields
    buttons: list[str]
    ids: set[str]
    anchors: set[str]
    status: int
    text: str


def read(response: Any) -> Sheet:
    """Read the page of a draft."""
    reader = _FormReader()
    text = words(response)
    reader.feed(text)
    return Sheet(reader.fields, reader.buttons, reader.ids, reader.anchors, response.status_code, text)


@dataclass
class Desk:
    """A draft in the hands of an editor."""

    user: User
    draft: Draft
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = as_user(self.user)

    @property
    def address(self) -> str:
        return reverse("admin:desk_draft", args=[self.draft.pk])

    def open(self) -> Sheet:
        """Open the draft."""
        return read(self.client.get(self.address))

    def send(self, sheet: Sheet, act: str = "save", **headers: Any) -> Any:
        """Press a button of a sheet that lies on the desk."""
        return self.client.post(self.address, {**sheet.fields, "act": [act]}, **headers)

    def do(self, act: str = "save", changes: dict[str, Any] | None = None) -> Any:
        """Open the draft, type, and press a button."""
        sheet = self.open()
        for name, value in (changes or {}).items():
            sheet.fields[name] = value if isinstance(value, list) else [value]
        return self.send(sheet, act)

    def fresh(self) -> Draft:
        """Give the draft as it is in the database."""
        self.draft.refresh_from_db()
        return self.draft

    @property
    def data(self) -> Any:
        """Give what the draft says now."""
        return self.fresh().data

    def review(self, reason: str | None = None, **told: Any) -> Any:
        """Look at the review, or publish with a reason."""
        address = reverse("admin:desk_review", args=[self.draft.pk])
        if reason is None:
            return self.client.get(address)
        return self.client.post(address, {"version": self.fresh().version, "reason": reason, **told})


def editor(organisation: Organisation, name: str = "texts") -> User:
    """Give an editor of texts, who has no other right."""
    user: User = UserFactory(username=name)
    GrantFactory(user=user, organisation=organisation, role=Role.TEXTS)
    return user


def current(code: str = "360/2.3") -> Edition:
    """Give the latest edition of a position."""
    edition = position(code).editions.order_by("valid_from").last()
    assert edition is not None
    return edition


def amending(user: User, code: str = "360/2.3", *, on: str = "2027-01-01", act: str = "316-2024") -> Desk:
    """Begin a new edition of a position."""
    response = as_user(user).post(reverse("admin:desk_amend", args=[position(code).pk]), {"on": on, "act": act})
    assert response.status_code == 302, words(response)
    return Desk(user=user, draft=Draft.objects.get(position__code=code, state="open"))


def correcting(user: User, code: str = "360/2.3") -> Desk:
    """Begin to correct the latest edition of a position."""
    response = as_user(user).post(reverse("admin:desk_correct", args=[current(code).pk]))
    assert response.status_code == 302
    return Desk(user=user, draft=Draft.objects.get(position__code=code, state="open"))


def new_position(paragraph: str = "99") -> Position:
    """Put a position on file that has no text yet."""
    from positions.editing.positions import position_add

    chapter = position().chapter
    titles = {"title_kk": "Жаңа маман", "title_ru": "Новый специалист", "title_en": "New specialist"}
    return position_add(position=Position(chapter=chapter, paragraph=paragraph, **titles))
