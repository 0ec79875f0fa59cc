"""Two editors at one draft: who comes second loses nothing, and says herself what is to hold."""

from __future__ import annotations

import pytest
from django.urls import reverse

from employees.models import Organisation
from tests.browsing import words
from tests.desk import Desk, amending, editor, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(organisation: Organisation) -> Desk:
    return amending(editor(organisation))


@pytest.fixture
def second(organisation: Organisation, first: Desk) -> Desk:
    return Desk(user=editor(organisation, "second"), draft=first.draft)


def test_who_comes_second_sees_who_was_faster_and_loses_no_word(first: Desk, second: Desk) -> None:
    mine = second.open()
    first.do("save", {"duties.0.en": "Of the first editor;"})
    mine.fields["duties.1.en"] = ["Of the second editor;"]
    mine.fields["rungs.0.pathways.0.experience.0.years"] = ["4"]
    response = second.send(mine, "duties.5.up")
    assert response.status_code == 409
    sheet = read(response)
    assert "Somebody else has saved this draft meanwhile" in sheet.text
    assert "Saved by texts at" in sheet.text
    assert sheet.fields["duties.1.en"] == ["Of the second editor;"]
    assert sheet.fields["rungs.0.pathways.0.experience.0.years"] == ["4"]
    assert "<del>Of</del>" in sheet.text or "<del>Of " in sheet.text  # what was saved meanwhile, and is not in hers
    assert "Save my text over it" in sheet.text
    assert "Give up my text and load what was saved" in sheet.text
    assert second.data["duties"][0]["en"] == "Of the first editor;"


def test_a_plain_save_is_refused_again_and_only_the_other_button_overwrites(first: Desk, second: Desk) -> None:
    mine = second.open()
    first.do("save", {"duties.0.en": "Of the first editor;"})
    mine.fields["duties.1.en"] = ["Of the second editor;"]
    conflict = read(second.send(mine))
    assert "save" not in conflict.buttons
    assert second.send(conflict, "save").status_code == 409
    assert second.send(conflict, "over").status_code == 302
    assert second.data["duties"][1]["en"] == "Of the second editor;"
    assert second.data["duties"][0]["en"] != "Of the first editor;"
    assert "Saved by second at" in first.open().text


def test_a_third_saving_in_between_is_not_overwritten_unseen(first: Desk, second: Desk) -> None:
    mine = second.open()
    first.do("save", {"duties.0.en": "Once;"})
    conflict = read(second.send(mine))
    first.do("save", {"duties.0.en": "Twice;"})
    assert second.send(conflict, "over").status_code == 409
    assert second.data["duties"][0]["en"] == "Twice;"


def test_a_draft_that_was_published_meanwhile_keeps_the_words_on_the_page(first: Desk, second: Desk) -> None:
    mine = second.open()
    first.do("save", {"duties.0.en": "Of the first editor;"})
    assert first.review("№ 500").status_code == 302
    mine.fields["duties.1.en"] = ["Of the second editor;"]
    response = second.send(mine)
    assert response.status_code == 409
    sheet = read(response)
    assert "This draft was published by texts at" in sheet.text
    assert sheet.fields["duties.1.en"] == ["Of the second editor;"]
    assert not [button for button in sheet.buttons if button]


def test_a_closed_draft_leads_to_its_position(first: Desk, second: Desk) -> None:
    version = {"version": first.fresh().version}
    first.client.post(reverse("admin:desk_discard", args=[first.draft.pk]), version)
    for name in ("desk_draft", "desk_review"):
        response = second.client.get(reverse(f"admin:{name}", args=[first.draft.pk]), follow=True)
        assert "This draft was discarded by texts at" in words(response)
    response = second.client.post(reverse("admin:desk_discard", args=[first.draft.pk]), version, follow=True)
    assert "This draft was discarded by texts at" in words(response)
    assert second.review("x").status_code == 302
    response = second.client.post(reverse("admin:desk_take_note", args=[first.draft.pk]), version, follow=True)
    assert "texts" in words(response)


def test_nobody_publishes_or_discards_what_she_has_not_seen(first: Desk, second: Desk) -> None:
    version = second.fresh().version
    first.do("save", {"duties.0.en": "Of the first editor;"})
    response = second.review("x", version=version)
    assert response.status_code == 409
    assert "Look at it again before you publish." in words(response)
    response = second.client.post(reverse("admin:desk_discard", args=[first.draft.pk]), {"version": version})
    assert response.status_code == 409
    assert "Look at it again before you discard it." in words(response)
    assert second.fresh().state == "open"


def test_a_second_draft_of_a_position_is_not_begun(first: Desk, second: Desk) -> None:
    address = reverse("admin:desk_correct", args=[first.draft.edition_id])
    response = second.client.post(address, follow=True)
    assert response.redirect_chain[-1][0] == first.address
    assert "A draft of this position is open already" in words(response)
