"""Walking through the product in one language: every page, every form sent empty and filled with nonsense.

What was said in another language is collected as findings, so that one walk tells them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from employees.models import User
from tests.languages import LANGUAGES, Data, data_of_scene, strange_words
from tests.reading import Form, Page, Piece, content_of, json_pieces, kind_of, pieces_of
from tests.walk_scene import Stop

#: Answers that nobody reads as they are; a norm file holds its texts in all languages.
_UNREAD = frozenset({"text/javascript", "application/javascript", "application/yaml", "image/svg+xml", "image/png"})
#: Sending these would change who asks, or in which language.
_NEVER_SENT = frozenset({"account_logout", "set_language", "admin:logout"})
_NONSENSE = "§§§ 31.02.2026"


class Finding(NamedTuple):
    """Words of another language, and where they stand."""

    language: str
    where: str
    words: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return f"{self.language} {self.where}: {', '.join(self.words)} – {self.text}"


@dataclass
class Walk:
    """A way through the product in one language; what nobody should have read on it is remembered."""

    language: str
    cast: Mapping[str, User | None]
    #: Whether forms are sent.
    forms: bool = True
    findings: list[Finding] = field(default_factory=list)
    #: The names of the addresses that were opened.
    seen: set[str] = field(default_factory=set)
    _clients: dict[str, Client] = field(default_factory=dict)
    _data: Data = field(default_factory=lambda: Data([]))
    _sent: set[tuple[Any, ...]] = field(default_factory=set)
    _told: set[tuple[str, str]] = field(default_factory=set)

    def client(self, who: str) -> Client:
        """Give the browser of one of the cast, or of another user by her name."""
        if who not in self._clients:
            client = self._clients[who] = Client(raise_request_exception=False)
            user = self.cast[who] if who in self.cast else User.objects.get(username=who)
            if user is not None:
                client.force_login(user)
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = self.language
        return self._clients[who]

    def told(self) -> str:
        """Give all findings, a line each; nothing is good."""
        return "\n".join(map(str, self.findings))

    # ------------------------------------------------------------------------------------------------------- judging

    def read(self, where: str, pieces: Iterable[Piece], *, language: str | None = None) -> None:
        """Judge texts, each in the language that its element names, else in that of the page."""
        for piece in pieces:
            spoken = piece.language or language or self.language
            if found := self._strange(piece.text, spoken):
                place = f"{where} {piece.where}".strip()
                text = " ".join(piece.text.split())
                self.findings.append(Finding(spoken, place, tuple(dict.fromkeys(found)), text[:200]))

    def _strange(self, text: str, language: str) -> list[str]:
        """Give the words of another language; what people typed in is read anew where it may have been added to."""
        if language not in LANGUAGES:
            return ["lang"]
        found = strange_words(text, language, self._data)
        if found and (language, text) not in self._told:
            self._data = data_of_scene(self.language)
            found = strange_words(text, language, self._data)
        if found:
            self._told.add((language, text))
        return found

    def look(self, where: str, response: Any, *, language: str | None = None) -> Page | None:
        """Judge an answer, in another language where it is a paper in that; of a page, give where it leads."""
        if response.status_code >= 500 and "500" not in where:
            self.findings.append(Finding(self.language, where, (str(response.status_code),), "the page breaks"))
        if happened := response.headers.get("HX-Trigger", ""):
            self.read(f"{where} HX-Trigger", json_pieces(happened))
        if not content_of(response) or kind_of(response) in _UNREAD:
            return None
        if kind_of(response) != "text/html":
            self.read(where, pieces_of(response), language=language)
            return None
        page = Page(content_of(response).decode())
        expected = language if language and page.language == language else self.language
        if page.language not in (None, expected):
            self.findings.append(Finding(expected, f"{where} html[lang]", (str(page.language),), ""))
        self.read(where, page.pieces, language=expected)
        return page

    # ------------------------------------------------------------------------------------------------------- walking

    def open(self, stop: Stop) -> Any:
        """Open an address, follow where it leads, judge it and send its forms."""
        client = self.client(stop.who)
        self.seen.add(name_of(stop.address))
        response = client.get(stop.address, follow=True)
        page = self.look(stop.address, response, language=stop.language)
        for form in page.forms if page is not None and self.forms else ():
            self._send(client, urljoin(response.request["PATH_INFO"], form.action), form, shown_on=stop.address)
        return response

    def _send(self, client: Client, action: str, form: Form, *, shown_on: str) -> None:
        """Send a form as it stands, empty, and filled with nonsense, once for each kind; nothing of it stays."""
        name = name_of(action)
        key = (name, form.method, frozenset(form.names | form.files))
        if not name or name in _NEVER_SENT or key in self._sent:
            return
        self._sent.add(key)
        for what, told in _fillings(form, is_admin=name.startswith("admin:")):
            cookies = client.cookies.copy()
            headers = {"HX-Request": "true"} if form.live and what == "as it stands" else {}
            with transaction.atomic():
                send = client.post if form.method == "post" else client.get
                self.look(f"{shown_on} → {action} ({what})", send(action, told, follow=True, headers=headers))
                transaction.set_rollback(True)
            client.cookies = cookies


def _fillings(form: Form, *, is_admin: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Fill a form as it stands, not at all, and with nonsense; what nobody types in stays as it is."""
    kept = {name: values for name, values in form.fields.items() if name in form.hidden}
    if form.method == "post":
        yield "as it stands", dict(form.fields)
        if any(any(values) for name, values in form.fields.items() if name not in kept):
            yield "empty", kept
    # Django's admin breaks on a choice that it has not offered, which nobody can make.
    offered = form.selects if is_admin else set()
    nonsense: dict[str, Any] = {name: [_NONSENSE] for name in form.names - form.hidden - offered}
    nonsense |= {name: SimpleUploadedFile("nonsense.txt", b"nonsense") for name in form.files}
    if nonsense:
        yield "nonsense", nonsense | kept


def name_of(address: str) -> str:
    """Give the name under which an address is known, with its namespace; blank for one of another kind."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""
