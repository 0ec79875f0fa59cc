"""What differs between two editions: word by word, entry by entry; and working on entries without losing a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.editing import entries
from positions.editing.characters import Oddity, odd_characters
from positions.editing.differences import Kind, entries_diff, word_diff

TEXTS = st.text(st.sampled_from("аәб вг.;\n–1x"), max_size=40)
ENTRIES = st.lists(st.fixed_dictionaries({"kk": TEXTS, "ru": TEXTS, "en": TEXTS}), max_size=6)


@given(TEXTS, TEXTS)
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.kind is not Kind.REMOVED) == new


@given(ENTRIES, ENTRIES)
def test_every_entry_of_both_lists_is_told_of_once(old: list[dict[str, str]], new: list[dict[str, str]]) -> None:
    found = entries_diff(old, new)
    assert sorted(entry.old_number for entry in found if entry.old_number) == list(range(1, len(old) + 1))
    assert [entry.new_number for entry in found if entry.new_number] == list(range(1, len(new) + 1))


def _entry(text: str) -> dict[str, str]:
    return {"kk": text, "ru": f"ru {text}", "en": ""}


def test_a_changed_word_an_added_and_a_removed_entry_are_told_apart() -> None:
    old = [_entry("бірінші міндетті кемінде үш жыл орындайды"), _entry("екінші"), _entry("үшінші")]
    new = [_entry("бірінші міндетті кемінде төрт жыл орындайды"), _entry("үшінші"), _entry("жаңа")]

    found = entries_diff(old, new)

    assert [(entry.kind, entry.old_number, entry.new_number) for entry in found] == [
        (Kind.CHANGED, 1, 1),
        (Kind.REMOVED, 2, None),
        (Kind.SAME, 3, 2),
        (Kind.ADDED, None, 3),
    ]
    pieces = [(piece.kind, piece.text) for piece in found[0].texts["kk"] if piece.kind is not Kind.SAME]
    assert pieces == [(Kind.REMOVED, "үш"), (Kind.ADDED, "төрт")]


def test_an_entry_that_only_stands_elsewhere_is_moved() -> None:
    found = entries_diff([_entry("а"), _entry("ә"), _entry("б")], [_entry("б"), _entry("а"), _entry("ә")])
    assert [(entry.kind, entry.old_number, entry.new_number) for entry in found] == [
        (Kind.MOVED, 3, 1),
        (Kind.SAME, 1, 2),
        (Kind.SAME, 2, 3),
    ]


@given(ENTRIES.filter(bool), st.data())
def test_moving_adding_and_removing_keep_every_other_entry(rows: list[dict[str, str]], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(rows) - 1))
    to = data.draw(st.integers(-2, len(rows) + 2))
    moved = entries.moved(rows, at, to)
    assert sorted(map(repr, moved)) == sorted(map(repr, rows))
    assert moved[min(max(to, 0), len(rows) - 1)] == rows[at]
    assert entries.removed(entries.added(rows, at), at) == rows


def test_an_entry_is_parted_at_the_line_break_of_each_language_and_joined_again() -> None:
    whole = {"kk": "бірінші\nекінші", "ru": "первое \n второе", "en": "both"}

    parted = entries.split([whole, _entry("соңғы")], 0)

    assert parted[:2] == [
        {"kk": "бірінші", "ru": "первое", "en": "both"},
        {"kk": "екінші", "ru": "второе", "en": ""},
    ]
    assert entries.joined(parted, 0)[0] == {"kk": "бірінші екінші", "ru": "первое второе", "en": "both"}
    assert entries.joined(parted, 2) == parted
    with pytest.raises(entries.NothingToSplitError):
        entries.split(parted, 0)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("«тырнақша» – сызықша\u00a0бос орын…", "kk", []),
        ("жұмыс\x0bтәртібі", "kk", [Oddity.CONTROL]),
        ("\uf0b7 тармақ", "kk", [Oddity.LOST]),
        ("жұмыс\u200bтың", "kk", [Oddity.INVISIBLE]),
        ("cоциальный", "ru", [Oddity.LATIN_IN_CYRILLIC]),
        ("әлеумет", "ru", [Oddity.KAZAKH_IN_RUSSIAN]),
        ("приказ № 31-ө-м, часть II", "ru", []),
        ("законы «Бала құқықтары»", "ru", []),
        ("sоcial", "en", [Oddity.CYRILLIC_IN_LATIN]),
    ],
)
def test_odd_characters_are_named_and_the_usual_ones_are_not(text: str, language: str, found: list[Oddity]) -> None:
    assert [odd.oddity for odd in odd_characters(text, language=language)] == found
