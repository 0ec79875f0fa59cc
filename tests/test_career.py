"""A career on one scale of time: what stands on the line, where it stands, and the table that says the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from attestation.career import Career, Item, Lane, Mark, career
from attestation.career_svg import LEFT, RIGHT, WIDTH, Bar, draw, scale_of
from attestation.career_words import career_of
from attestation.selectors import employee_record
from attestation.services import evaluate_employee
from employees.models import Employee, Organisation, Unit, User
from positions.rules import Length
from tests.factories import (
    AbsenceFactory,
    AwardFactory,
    CertificateFactory,
    EducationFactory,
    EmployeeFactory,
    WorkFactory,
    full_record,
    position,
)

ON = date(2026, 11, 22)
DAY = timedelta(days=1)
RECORDED = [lane for lane in Lane if lane is not Lane.DAYS]


def item(
    first: date, until: date | None = None, *, lane: Lane = Lane.POSTS, label: str = "Post", point: bool = False
) -> Item:
    """Give an item that has nothing but its dates and a label."""
    return Item(lane=lane, kind="kind", what=f"{label} in full", label=label, first=first, until=until, point=point)


def asked(on: date = ON) -> Item:
    return item(on, lane=Lane.DAYS, label="Day asked", point=True)


def line(*items: Item, on: date = ON) -> Career:
    return career([*items, asked(on)], on=on)


@st.composite
def careers(draw_from: st.DrawFn) -> Career:
    """Draw a career of up to thirty items, of one day or of sixty years, ended, open or points."""
    first_year = draw_from(st.integers(1930, 2060))
    days = st.dates(date(first_year, 1, 1), date(first_year + draw_from(st.sampled_from([0, 1, 7, 60])), 12, 31))
    on = draw_from(days)
    ends = st.none() | st.sampled_from([1, 2, 30, 365, 2000, 16_000])

    def one() -> Item:
        first, length = draw_from(days), draw_from(ends)
        until = None if length is None else first + timedelta(days=length)
        point = draw_from(st.booleans())
        label = draw_from(st.text("Әқы щЩ;", max_size=90))
        lane = draw_from(st.sampled_from(RECORDED))
        return item(first, None if point else until, lane=lane, label=label, point=point)

    return line(*(one() for _turn in range(draw_from(st.integers(0, 30)))), on=on)


START = date(1981, 9, 1)
TERM = timedelta(days=657)
FORTY_FIVE_YEARS = line(*(item(START + n * TERM, START + (n + 1) * TERM) for n in range(25)))
THREE_DAYS = line(item(ON - 3 * DAY, ON))
NEW_YEARS_EVE = line(item(START), item(date(2041, 12, 31), date(2042, 1, 1)))
ONE_DAY_POSTS = line(*(item(ON - n * DAY, ON - (n - 1) * DAY, label=f"{n}" * 40) for n in range(1, 26)))


def rows(drawn: Career) -> list[tuple[Bar, ...]]:
    return [row for strip in draw(drawn).strips for row in strip.rows]


# -------------------------------------------------------------------------------------------------------- the drawing


@given(careers())
@example(FORTY_FIVE_YEARS)
@example(THREE_DAYS)
@example(ONE_DAY_POSTS)
@example(NEW_YEARS_EVE)
@example(line())
def test_every_bar_and_every_label_lies_within_the_drawing(told: Career) -> None:
    drawing = draw(told)
    for bar in drawing.bars:
        assert LEFT <= bar.x < bar.end <= RIGHT
        assert 0 < bar.y < bar.y + bar.height < drawing.height
        assert LEFT <= bar.label.x <= RIGHT
        assert bar.y < bar.label.y < bar.y + bar.height
    for each in drawing.lines:
        assert LEFT <= each.x <= RIGHT
        assert 0 < each.label.y < drawing.ticks_y


@given(careers())
@example(FORTY_FIVE_YEARS)
@example(ONE_DAY_POSTS)
def test_no_two_bars_of_a_row_overlap_and_rows_do_not_touch(told: Career) -> None:
    for row in rows(told):
        assert row
        for left, right in pairwise(row):
            assert left.end <= right.x
        assert len({bar.y for bar in row}) == 1
    for upper, lower in pairwise(rows(told)):
        assert upper[0].y + upper[0].height < lower[0].y


@given(careers())
@example(ONE_DAY_POSTS)
def test_no_label_runs_into_the_next_bar_of_its_row_or_its_label(told: Career) -> None:
    letter = 8.0  # less than the drawing allows for one, so that what is tested is the room and not its rounding

    def stretch(bar: Bar) -> tuple[float, float]:
        length = letter * len(bar.label.words)
        begin = bar.label.x - length if bar.label.at_end else bar.label.x
        return min(bar.x, begin), max(bar.end, begin + length)

    for row in rows(told):
        for left, right in pairwise(row):
            assert stretch(left)[1] <= stretch(right)[0] + 0.1


@given(careers())
def test_what_begins_later_never_stands_further_left(told: Career) -> None:
    scale = scale_of(told)
    days = sorted({day for each in told.items for day in (each.first, each.until) if day})
    assert [scale.x(day) for day in days] == sorted(scale.x(day) for day in days)
    bars = sorted(
        (bar for bar in draw(told).bars if not bar.item.point),
        key=lambda bar: (bar.item.first, bar.item.until or date.max),
    )
    for earlier, later in pairwise(bars):
        assert earlier.x <= later.x


@given(careers())
@example(FORTY_FIVE_YEARS)
def test_every_item_is_drawn_once(told: Career) -> None:
    drawing = draw(told)
    drawn = [bar.item for bar in drawing.bars] + [each.item for each in drawing.lines]
    assert sorted(map(repr, drawn)) == sorted(map(repr, told.items))
    assert [strip.lane for strip in drawing.strips] == [
        lane for lane in RECORDED if any(each.lane is lane for each in told.items)
    ]


@given(careers())
def test_a_label_is_whole_or_says_that_it_was_cut(told: Career) -> None:
    for bar in draw(told).bars:
        words = bar.label.words
        assert words == bar.item.label or (words.endswith("…") and bar.item.label.startswith(words[:-1]))


def test_posts_that_touch_stand_in_one_row_and_posts_that_overlap_do_not() -> None:
    first = item(date(2018, 1, 1), date(2022, 1, 1))
    assert len(rows(line(first, item(date(2022, 1, 1))))) == 1
    assert len(rows(line(first, item(date(2021, 12, 31))))) == 2


def test_the_years_on_the_axis_hold_the_career_and_their_numbers_stay_apart() -> None:
    for told in (THREE_DAYS, FORTY_FIVE_YEARS, line(item(date(1950, 1, 1)), on=date(2099, 12, 31))):
        ticks = draw(told).ticks
        assert ticks
        for left, right in pairwise(ticks):
            assert right.x - left.x >= 46
        assert ticks[-1].text_x + 36 <= WIDTH
    assert [tick.year for tick in draw(THREE_DAYS).ticks] == [2026]
    assert [tick.year for tick in draw(FORTY_FIVE_YEARS).ticks] == list(range(1985, 2026, 5))


def test_an_end_far_off_leaves_the_scale_as_it_is_and_runs_out_of_the_drawing() -> None:
    near, far = date(ON.year + 5, 12, 31), date(ON.year + 6, 1, 1)
    assert scale_of(line(item(ON, near))).end == date(ON.year + 6, 1, 1).toordinal()
    assert scale_of(line(item(ON, far))).end == date(ON.year + 1, 1, 1).toordinal()
    assert [bar.runs_out for bar in draw(line(item(ON, near))).bars] == [False]
    assert [bar.runs_out for bar in draw(line(item(ON, far))).bars] == [True]
    assert [bar.runs_out for bar in draw(line(item(ON))).bars] == [True]


def test_the_last_year_of_all_can_be_drawn() -> None:
    assert draw(line(item(date(9999, 12, 31)), item(date(9999, 1, 1), date.max))).bars


def test_a_day_that_crosses_the_lanes_is_named_on_the_side_that_has_room() -> None:
    left = draw(line(item(date(2020, 1, 1)), item(ON), on=date(2020, 2, 1))).lines[0]
    right = draw(line(item(date(2020, 1, 1)), on=ON)).lines[0]
    assert not left.label.at_end
    assert left.label.x > left.x
    assert right.label.at_end
    assert right.label.x < right.x


# ---------------------------------------------------------------------------------------------------------- the items


def test_people_read_the_last_day_and_an_open_stretch_or_a_point_has_none() -> None:
    assert item(date(2019, 7, 1), date(2020, 1, 1)).last == date(2019, 12, 31)
    assert item(ON).last is None
    assert item(ON).goes_on
    point = item(ON, point=True)
    assert (point.last, point.goes_on) == (None, False)


def test_a_length_is_that_of_the_calendar_and_of_what_goes_on_up_to_the_day() -> None:
    assert item(date(2019, 7, 1), date(2020, 1, 1)).length(on=ON) == Length(0, 6, 0)
    assert item(ON, ON + DAY).length(on=ON) == Length(0, 0, 1), "a length that is recorded does not end with the day"
    assert item(date(2026, 11, 21)).length(on=ON) == Length(0, 0, 1)
    assert item(ON).length(on=ON) is None
    assert item(date(2020, 1, 1), point=True).length(on=ON) is None


def test_items_stand_by_their_first_days_and_the_day_itself_after_what_begins_on_it() -> None:
    post, diploma, later = item(ON), item(ON - DAY, lane=Lane.EDUCATION, point=True), item(ON + DAY)
    assert line(later, post, diploma).items == (diploma, post, asked(), later)


# --------------------------------------------------------------------------------------------------------- the records

with_records = pytest.mark.django_db


def told(employee: Employee, on: date = ON, *, language: str = "en") -> Career:
    """Give the career of a person as her page would."""
    record = Employee.objects.get(pk=employee.pk)
    judged = evaluate_employee(record, on=on)
    with override(language):
        return career_of(record, judged.verdict if judged else None, on=on)


def marked(employee: Employee, mark: Mark, on: date = ON) -> list[str]:
    return [each.what for each in told(employee, on).items if mark in each.marks]


def stretches(employee: Employee, mark: Mark, on: date = ON) -> list[tuple[date, date | None]]:
    return [(each.first, each.until) for each in told(employee, on).items if mark in each.marks]


@with_records
def test_posts_of_the_same_position_are_marked_and_its_predecessor_is_the_same() -> None:
    employee = EmployeeFactory(level="highest")
    WorkFactory(employee=employee, position=position("31/3.6"), title="before", until=date(2019, 8, 1))
    WorkFactory(employee=employee, position=position("360/2.5"), title="another", until=date(2019, 9, 1))
    WorkFactory(employee=employee, title="none named", until=date(2019, 10, 1))
    same = marked(employee, Mark.SAME_POSITION)
    assert len(same) == 2
    assert same[0].startswith("before; ")
    assert same[1].startswith("Specialist in social work; ")
    assert same[1].endswith("; highest qualification level")


@with_records
def test_what_counts_as_the_same_is_the_post_of_the_day_asked() -> None:
    promoted = EmployeeFactory(position=position("360/1.8"), hired_on=date(2024, 1, 1), appointed_on=date(2025, 1, 1))
    WorkFactory(employee=promoted, position=position("360/2.3"), started_on=date(2024, 1, 1), until=date(2025, 1, 1))
    assert stretches(promoted, Mark.SAME_POSITION, date(2024, 6, 1)) == [(date(2024, 1, 1), date(2025, 1, 1))]
    assert stretches(promoted, Mark.SAME_POSITION, date(2025, 6, 1)) == [(date(2025, 1, 1), None)]
    assert stretches(promoted, Mark.SAME_POSITION, date(2023, 6, 1)) == [(date(2025, 1, 1), None)], (
        "no post: the present"
    )


@with_records
def test_days_without_a_category_are_those_of_the_posts_without_an_award_in_force() -> None:
    employee = EmployeeFactory(appointed_on=date(2020, 2, 1))
    WorkFactory(employee=employee, position=position("31/3.6"), started_on=date(2015, 1, 1), until=date(2017, 1, 1))
    AwardFactory(employee=employee, awarded_on=date(2021, 2, 1), lapses_on=date(2024, 2, 1))
    AwardFactory(employee=employee, category="first", awarded_on=date(2025, 2, 1), lapses_on=None)
    assert stretches(employee, Mark.NO_CATEGORY) == [
        (date(2015, 1, 1), date(2017, 1, 1)),
        (date(2020, 2, 1), date(2021, 2, 1)),
        (date(2024, 2, 1), date(2025, 2, 1)),
    ]


@with_records
def test_a_lack_of_category_that_would_only_open_after_the_day_is_no_record() -> None:
    employee = EmployeeFactory()
    AwardFactory(employee=employee, awarded_on=employee.hired_on, lapses_on=ON)
    assert stretches(employee, Mark.NO_CATEGORY, ON) == [(ON, None)]
    assert stretches(employee, Mark.NO_CATEGORY, ON - DAY) == []


@with_records
def test_a_post_whose_text_names_no_categories_is_never_without_one() -> None:
    head = EmployeeFactory(position=position("360/1.8"))
    assert marked(head, Mark.NO_CATEGORY) == []
    assert len(marked(EmployeeFactory(), Mark.NO_CATEGORY)) == 1


@with_records
def test_an_award_and_a_certificate_lapse_on_the_first_day_without_them() -> None:
    employee = EmployeeFactory()
    AwardFactory(employee=employee, lapses_on=ON)
    CertificateFactory(employee=employee, lapses_on=ON)
    assert len(marked(employee, Mark.LAPSED, ON)) == 2
    assert marked(employee, Mark.LAPSED, ON - DAY) == []
    labels = [each.label for each in told(employee).items if Mark.LAPSED in each.marks]
    assert labels == ["✕ lapsed: professional development", "✕ lapsed: the second category"]


@with_records
def test_what_is_dated_after_the_day_stands_on_the_line_and_says_so() -> None:
    employee, first = EmployeeFactory(), ON + DAY
    WorkFactory(employee=employee, started_on=first, until=None)
    AwardFactory(employee=employee, awarded_on=first)
    AbsenceFactory(employee=employee, started_on=first, until=None)
    EducationFactory(employee=employee, graduated_on=first)
    CertificateFactory(employee=employee, issued_on=first)
    kinds = [each.kind for each in told(employee, ON).items if Mark.AFTER in each.marks]
    assert kinds == ["Earlier post", "Category", "Absence", "Education", "Certificate"]
    assert marked(employee, Mark.AFTER, first) == []


@with_records
def test_absences_say_whether_they_count() -> None:
    employee = EmployeeFactory()
    AbsenceFactory(employee=employee, kind="maternity_leave")
    AbsenceFactory(employee=employee, counts=False)
    assert marked(employee, Mark.COUNTS) == ["Maternity leave"]
    assert marked(employee, Mark.DOES_NOT_COUNT) == ["Unpaid leave"]
    labels = {each.label for each in told(employee).items if each.lane is Lane.ABSENCES}
    assert labels == {"+ counts: maternity leave", "− does not count: unpaid leave"}


@with_records
def test_a_document_of_one_day_is_a_point_and_a_certificate_with_an_end_a_bar() -> None:
    employee = EmployeeFactory()
    EducationFactory(employee=employee)
    CertificateFactory(employee=employee, number="1")
    CertificateFactory(employee=employee, number="2", lapses_on=date(2028, 1, 1))
    points = [each.what for each in told(employee).items if each.point and each.lane is not Lane.DAYS]
    assert points == ["Higher; Еуразия ұлттық университеті", "Professional development; 1"]


@with_records
def test_levels_are_named_on_the_line_only_where_they_differ() -> None:
    employee = EmployeeFactory()
    AwardFactory(employee=employee)
    label = [each.label for each in told(employee).items if each.kind == "Category"]
    assert label == ["Without a category", "The second category"]
    AwardFactory(employee=employee, level="average", awarded_on=date(2021, 2, 1), lapses_on=date(2024, 2, 1))
    assert "Highest qualification level, the second category" in {each.label for each in told(employee).items}


@with_records
def test_the_day_of_the_next_rung_is_drawn_only_where_time_alone_is_missing(organisation: Organisation) -> None:
    employee = full_record(organisation=organisation)
    assert stretches(employee, Mark.NEXT_RUNG, date(2025, 6, 1)) == [(date(2026, 2, 1), None)]
    assert stretches(employee, Mark.NEXT_RUNG, date(2026, 2, 1)) == [], "met on the day itself"
    assert stretches(employee, Mark.NEXT_RUNG, date(2018, 1, 1)) == [], "no post, no verdict"
    assert stretches(employee, Mark.ASKED, date(2018, 1, 1)) == [(date(2018, 1, 1), None)]
    drawing = draw(told(employee, date(2025, 6, 1)))
    assert [each.item.label for each in drawing.lines] == [
        "Day asked: 01.06.2025",
        "Next rung, reachable on: 01.02.2026",
    ]
    assert LEFT < drawing.lines[0].x < drawing.lines[1].x < RIGHT


# ------------------------------------------------------------------------------------------------------------ the page


def _section(client: Client, employee: Employee, *, language: str = "en", on: date = ON) -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    content = client.get(f"/employees/{employee.pk}/?on={on}").content.decode()
    found = re.search(r'<section class="sheet career".*?</section>', content, re.DOTALL)
    assert found
    return found[0]


def _words(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup)).strip()


@with_records
def test_the_section_asks_no_query_beyond_what_the_page_has_read(
    hr: User, organisation: Organisation, django_assert_num_queries: Callable[..., Any]
) -> None:
    employee = full_record(organisation=organisation)
    WorkFactory(employee=employee, position=position("31/3.6"), started_on=date(2015, 1, 1), until=date(2017, 1, 1))
    AwardFactory(employee=employee, position=position("360/2.5"), awarded_on=date(2021, 1, 1))
    record = employee_record(hr, employee.pk)
    assert record is not None
    judged = evaluate_employee(record, on=ON)
    assert judged is not None
    context = {"employee": record, "verdict": judged.verdict, "on": ON}
    with django_assert_num_queries(0):
        assert "career-drawing" in render_to_string("employees/career.html", context)


@with_records
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_table_and_drawing_hold_the_same_items_in_every_language(
    language: str, client: Client, hr: User, organisation: Organisation, unit: Unit
) -> None:
    employee = full_record(organisation=organisation, unit=unit)
    client.force_login(hr)
    section = _section(client, employee, language=language, on=date(2025, 6, 1))
    items = told(employee, date(2025, 6, 1), language=language).items
    tooltips = [re.sub(r"\s+", " ", words) for words in re.findall(r"<title>(.*?)</title>", section, re.DOTALL)]
    lines = re.findall(r"<tr.*?</tr>", section.partition("<tbody>")[2], re.DOTALL)
    assert len(tooltips) == len(lines) == len(items)
    for each, row in zip(items, lines, strict=True):
        assert each.what in _words(row)
        assert each.kind in _words(row)
        assert any(each.what in words for words in tooltips)


@with_records
def test_the_table_shows_first_and_last_days_and_lengths(client: Client, hr: User, organisation: Organisation) -> None:
    client.force_login(hr)
    words = _words(_section(client, full_record(organisation=organisation), on=date(2025, 6, 1)))
    assert "Үйде әлеуметтік көмек көрсету бөлімшесі 01.07.2019 31.12.2019 0 y. 6 mo. 0 d." in words
    assert "same position 01.02.2020 goes on 5 y. 4 mo. 0 d." in words
    assert "Unpaid leave counts 01.03.2022 31.03.2022 0 y. 1 mo. 0 d." in words
    assert words.index("30.06.2019 Earlier post") < words.index("31.12.2019 0 y.")


@with_records
def test_the_drawing_is_named_reached_by_keyboard_and_free_of_styles_and_scripts(
    client: Client, hr: User, organisation: Organisation
) -> None:
    client.force_login(hr)
    section = _section(client, full_record(organisation=organisation))
    assert re.search(r'<svg[^>]* role="img" aria-labelledby="career-title" aria-describedby="career-words"', section)
    assert 'id="career-title"' in section
    assert 'id="career-words"' in section
    assert re.search(r'class="career-scroll" role="group" tabindex="0" aria-label="[^"]+"', section)
    assert " style=" not in section
    assert "<script" not in section
    assert re.findall(r"\s(on\w+)=", section) == []


@with_records
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_numbers_of_the_drawing_are_not_written_as_people_write_them(
    language: str, client: Client, hr: User, organisation: Organisation
) -> None:
    client.force_login(hr)
    section = _section(client, full_record(organisation=organisation), language=language)
    numbers = re.findall(r'\s(?:x|y|x1|y1|x2|y2|cx|cy|r|width|height)="([^"]*)"', section)
    assert len(numbers) > 20
    assert [number for number in numbers if not re.fullmatch(r"\d+(\.\d+)?", number)] == []


@with_records
def test_what_people_typed_is_never_markup(client: Client, hr: User, organisation: Organisation) -> None:
    client.force_login(hr)
    employee = EmployeeFactory(organisation=organisation)
    WorkFactory(employee=employee, employer='<b>"A" & B</b>', title="</title><script>")
    section = _section(client, employee)
    assert "<b>" not in section
    assert "<script>" not in section
    assert "&lt;b&gt;" in section


@with_records
def test_a_day_without_a_post_has_its_line_all_the_same(client: Client, hr: User, organisation: Organisation) -> None:
    client.force_login(hr)
    words = _words(_section(client, EmployeeFactory(organisation=organisation), on=date(2018, 6, 1)))
    assert "Day asked: 01.06.2018" in words
    assert "Present post" in words
    assert "dated after this day" in words
