"""Pages of imports: send a file, look at what it would do, save it, undo it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from employees import import_runs
from employees.import_runs import ImportRefusedNowError, Look
from employees.models import ImportRun, User
from employees.template_book import write_template
from employees.workbook import FileRefusedError, refuse_unreadable

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
View = Callable[..., HttpResponse]


class UploadForm(forms.Form):
    """A workbook on its way in."""

    file = forms.FileField(
        label=gettext_lazy("Excel workbook (.xlsx)"),
        max_length=200,
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx"}),
        error_messages={"required": gettext_lazy("Choose the file first.")},
    )
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse at once what is no workbook; what stands in it is read by a job."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            refuse_unreadable(file)
        except FileRefusedError as error:
            raise forms.ValidationError(str(error)) from None
        file.seek(0)
        return file


def importer_only(view: View) -> View:
    """Let in those who import into at least one organisation; others may not, and are told so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not import_runs.may_import(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def _run_or_404(request: HttpRequest, pk: int) -> ImportRun:
    run = import_runs.run_record(_user(request), pk)
    if run is None:
        raise Http404(_("There is no such import among those you may see."))
    import_runs.run_notice_death(run)
    return run


@importer_only
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """List the imports, and take a file in."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file, replaced = form.cleaned_data["file"], form.cleaned_data["replaces"]
        former = _run_or_404(request, replaced) if replaced else None
        try:
            run = import_runs.run_start(user=_user(request), file_name=file.name, content=file.read(), replaces=former)
        except ImportRefusedNowError as error:
            messages.error(request, str(error))
            return redirect("imports")
        return redirect("import_run", run.pk)
    context = {"form": form, "looks": [Look(run) for run in import_runs.listed_runs(_user(request))]}
    return render(request, "imports/list.html", context, status=422 if form.errors else 200)


@importer_only
@require_GET
def import_template(request: HttpRequest) -> HttpResponse:
    """Give the workbook to fill in, in the reader's language."""
    stream = io.BytesIO()
    write_template(stream)
    return _download(stream.getvalue(), _XLSX, "sanat.xlsx")


@importer_only
@require_GET
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an import is, and what it would do or has done."""
    run = _run_or_404(request, pk)
    context = {"run": run, "look": Look(run), "form": UploadForm(initial={"replaces": run.pk})}
    return render(request, "imports/run.html", context)


@importer_only
@require_GET
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far the work is; once it is done, have the page loaded anew."""
    run = _run_or_404(request, pk)
    look = Look(run)
    response = render(request, "imports/progress.html", {"run": run, "look": look})
    if not look.working:
        response["HX-Refresh"] = "true"
    return response


@importer_only
@require_GET
def import_report(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give the problems and changes of an import as a file."""
    run = _run_or_404(request, pk)
    rows = import_runs.report_rows(run)
    if form == "csv":
        return _download(_csv(rows), "text/csv; charset=utf-8", f"import-{run.pk}.csv")
    return _download(_xlsx(rows), _XLSX, f"import-{run.pk}.xlsx")


@importer_only
@require_POST
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Have an import saved."""
    run = _run_or_404(request, pk)
    return _step(request, run, lambda: import_runs.run_confirm(run=run, user=_user(request)))


@importer_only
@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a saved import undone."""
    run = _run_or_404(request, pk)
    return _step(request, run, lambda: import_runs.run_undo(run=run, user=_user(request)))


@importer_only
@require_POST
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an import that was not saved."""
    run = _run_or_404(request, pk)
    try:
        import_runs.run_discard(run=run)
    except ImportRefusedNowError as error:
        messages.error(request, str(error))
        return redirect("import_run", pk)
    messages.success(request, _("The file and all that was read from it have been deleted."))
    return redirect("imports")


def _step(request: HttpRequest, run: ImportRun, step: Callable[[], None]) -> HttpResponse:
    """Take a step and go back to the page of the import, with the reason where it was not open."""
    try:
        step()
    except ImportRefusedNowError as error:
        messages.error(request, str(error))
    return redirect("import_run", run.pk)


# -------------------------------------------------------------------------------------------------------- downloads


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _csv(rows: list[list[Any]]) -> bytes:
    """Write rows for Excel: with a mark of the encoding, and no cell that it would take for a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _xlsx(rows: list[list[Any]]) -> bytes:
    book = Workbook(write_only=True)
    worksheet = book.create_sheet(_("Report"))
    for letter, width in zip("ABCDEFGHI", (12, 18, 34, 18, 8, 28, 50, 50, 50), strict=True):
        worksheet.column_dimensions[letter].width = width
    worksheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(worksheet, value=value)
            if isinstance(value, str):
                cell.data_type = "s"
            cell.font = Font(bold=number == 0)
            cells.append(cell)
        worksheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
