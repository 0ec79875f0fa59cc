"""The editors' desk in Django's admin: acts, chapters, positions, drafts and the changes of editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationAdmin

from positions.codes import DraftState
from positions.desk import selectors
from positions.desk.admin_forms import ActForm, ChapterChoice, ChapterForm, PositionChoice, PositionForm
from positions.desk.date_words import shown
from positions.desk.urls import desk_urls
from positions.editing.positions import act_add, position_add, position_change
from positions.models import Act, Chapter, Draft, EditionChange, Position
from positions.standing import Standing

if TYPE_CHECKING:
    _ReadOnly = admin.ModelAdmin[Any]
else:
    _ReadOnly = admin.ModelAdmin


class _NothingDeleted:
    """What the law has said stays on file."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse everybody."""
        return False


@admin.register(Act)
class ActAdmin(_NothingDeleted, TranslationAdmin):  # type: ignore[type-arg]
    """Orders; a new one is needed before its amendments can be brought into force."""

    form = ActForm
    list_display = ("number", "adopted_on", "title", "in_force_from", "amends")
    list_select_related = ("amends",)
    ordering = ("order", "code")
    fields = (
        "number",
        "adopted_on",
        "registration_number",
        "registered_on",
        "title",
        "in_force_from",
        "dates_estimated",
        "amends",
    )

    def save_model(self, request: HttpRequest, obj: Act, form: ModelForm[Act], change: bool) -> None:
        """Give a new order its code and its place."""
        if change:
            obj.save()
        else:
            act_add(act=obj)


@admin.register(Chapter)
class ChapterAdmin(_NothingDeleted, TranslationAdmin):  # type: ignore[type-arg]
    """Chapters of the orders."""

    form = ChapterForm
    list_display = ("number", "act", "title", "managerial")
    list_filter = ("act",)
    list_select_related = ("act",)
    fields = ("act", "number", "title", "managerial")

    def get_readonly_fields(self, request: HttpRequest, obj: Chapter | None = None) -> tuple[str, ...]:
        """Leave what positions and verdicts rest on as it is."""
        return ("act", "number", "managerial") if obj is not None else ()


class OpenDraftFilter(admin.SimpleListFilter):
    """Positions that somebody is at work on."""

    title = gettext_lazy("an open draft")
    parameter_name = "draft"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer both answers."""
        return [("yes", _("has an open draft")), ("no", _("has no open draft"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Position]) -> QuerySet[Position]:
        """Keep the positions of the answer chosen."""
        if self.value() == "yes":
            return queryset.filter(drafts__state=DraftState.OPEN)
        if self.value() == "no":
            return queryset.exclude(drafts__state=DraftState.OPEN)
        return queryset


@admin.register(Position)
class PositionAdmin(_NothingDeleted, TranslationAdmin):  # type: ignore[type-arg]
    """Positions with their editions; a click leads to the desk."""

    form = PositionForm
    list_display = ("at_desk_link", "shown_title", "act_number", "chapter_number", "in_force", "coming", "open_draft")
    list_display_links = None
    list_filter = (("chapter__act", admin.RelatedOnlyFieldListFilter), "chapter", OpenDraftFilter)
    list_per_page = 100
    search_fields = ("code", "title")
    search_help_text = gettext_lazy(
        "Code or title in any language; ә ғ қ ң ө ұ ү һ і may be typed as а г к н о у у х и."
    )
    ordering = ("order",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Position]:
        """Read the editions and drafts of all rows at once."""
        return selectors.with_editions(super().get_queryset(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Position], search_term: str
    ) -> tuple[QuerySet[Position], bool]:
        """Find positions whatever keyboard was used."""
        return (selectors.positions_matching(queryset, search_term) if search_term.strip() else queryset), False

    def get_fieldsets(self, request: HttpRequest, obj: Position | None = None) -> Any:
        """Ask for the place of a new position; of one that is there, for its names and the reason to change them."""
        fields = ["chapter", "paragraph", "title", "successor"] if obj is None else ["title", "successor", "reason"]
        return [(None, {"fields": self.replace_orig_field(fields)})]

    def save_model(self, request: HttpRequest, obj: Position, form: ModelForm[Position], change: bool) -> None:
        """Give a new position its code and its place; let verdicts know of another successor."""
        if change:
            position_change(position=obj)
        else:
            position_add(position=obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer chapters and positions in the order of the acts (1 query each)."""
        if db_field.name == "chapter":
            kwargs["form_class"] = ChapterChoice
            kwargs["queryset"] = Chapter.objects.select_related("act").order_by("act__order", "number")
        if db_field.name == "successor":
            kwargs["form_class"] = PositionChoice
            kwargs["queryset"] = Position.objects.order_by("order")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer no other pages from within the form: a position is added from the list."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Offer one button: what comes after saving is the desk."""
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: Position) -> HttpResponseRedirect:
        """Go on at the desk."""
        return HttpResponseRedirect(reverse("admin:desk_position", args=[obj.pk]))

    def response_post_save_change(self, request: HttpRequest, obj: Position) -> HttpResponseRedirect:
        """Go on at the desk."""
        return HttpResponseRedirect(reverse("admin:desk_position", args=[obj.pk]))

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Keep the reason in the admin's own record of changes."""
        reason = form.cleaned_data.get("reason")
        return reason or super().construct_change_message(request, form, formsets, add)

    def get_urls(self) -> list[URLPattern]:
        """Put the desk before the admin's own pages."""
        return desk_urls(self.admin_site.admin_view) + super().get_urls()

    # ---------------------------------------------------------------------------------------------------- columns

    @admin.display(description=gettext_lazy("code"), ordering="order")
    def at_desk_link(self, position: Position) -> str:
        """Lead to the position's page at the desk."""
        return format_html('<a href="{}">{}</a>', reverse("admin:desk_position", args=[position.pk]), position.code)

    @admin.display(description=gettext_lazy("title"))
    def shown_title(self, position: Position) -> str:
        """Give the title, in Kazakh where it is not translated."""
        return position.title or position.title_kk  # type: ignore[attr-defined]

    @admin.display(description=gettext_lazy("act"))
    def act_number(self, position: Position) -> str:
        """Name the order."""
        return position.chapter.act.number

    @admin.display(description=gettext_lazy("chapter"))
    def chapter_number(self, position: Position) -> int:
        """Number the chapter."""
        return position.chapter.number

    @admin.display(description=gettext_lazy("in force today"))
    def in_force(self, position: Position) -> str:
        """Say since when the edition of today is in force."""
        found = selectors.edition_standing(position, Standing.IN_FORCE, on=timezone.localdate())
        return _("since %(day)s") % {"day": shown(found.valid_from)} if found is not None else "–"

    @admin.display(description=gettext_lazy("to come"))
    def coming(self, position: Position) -> str:
        """Say when the next edition comes into force."""
        found = selectors.edition_standing(position, Standing.TO_COME, on=timezone.localdate())
        return _("from %(day)s") % {"day": shown(found.valid_from)} if found is not None else "–"

    @admin.display(description=gettext_lazy("open draft"))
    def open_draft(self, position: Position) -> str:
        """Lead to the draft that somebody is at work on."""
        drafts: list[Draft] = position.open_drafts  # type: ignore[attr-defined]
        if not drafts:
            return "–"
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:desk_draft", args=[drafts[0].pk]), drafts[0].get_kind_display()
        )


class _OnlyRead(_NothingDeleted, _ReadOnly):
    """Pages that tell and change nothing."""

    actions = None
    list_display_links = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse everybody: the desk makes these."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse everybody: the desk changes these."""
        return False


@admin.register(Draft)
class DraftAdmin(_OnlyRead):
    """What everybody is at work on."""

    list_display = ("desk_link", "kind", "state", "edited_by", "edited_at")
    list_filter = ("state", "kind")
    list_select_related = ("position", "edited_by")
    fields = ("position", "kind", "state", "edited_by", "edited_at")

    @admin.display(description=gettext_lazy("position"), ordering="position__order")
    def desk_link(self, draft: Draft) -> str:
        """Lead to the draft."""
        return format_html(
            '<a href="{}">{} {}</a>',
            reverse("admin:desk_draft", args=[draft.pk]),
            draft.position.code,
            draft.position.title or "",
        )


@admin.register(EditionChange)
class EditionChangeAdmin(_OnlyRead):
    """Everything that was done to editions, by anybody."""

    list_display = ("at", "desk_link", "valid_from", "action", "user", "reason")
    list_filter = ("action",)
    list_select_related = ("position", "user")
    date_hierarchy = "at"
    fields = ("at", "position", "valid_from", "action", "user", "reason")

    @admin.display(description=gettext_lazy("position"), ordering="position__order")
    def desk_link(self, change: EditionChange) -> str:
        """Lead to the history of the position."""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:desk_changes", args=[change.position_id]), change.position.code
        )
