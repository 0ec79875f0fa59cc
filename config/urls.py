"""Addresses; the same in every language."""

from django.contrib import admin
from django.urls import include, path

from config import views
from employees.account_urls import urlpatterns as account_urls

urlpatterns = [
    path("", include("attestation.urls")),
    path("", include("attestation.quality_urls")),
    path("", include("attestation.reminder_urls")),
    path("reports/", include("attestation.report_urls")),
    path("attestation/", include("attestation.cycle_urls")),
    path("attestation/", include("attestation.case_urls")),
    path("attestation/", include("attestation.regime_urls")),
    path("attestation/", include("attestation.paper_urls")),
    path("attestation/", include("attestation.paper_template_urls")),
    path("employees/", include("employees.record_urls")),
    path("imports/", include("employees.import_urls")),
    path("", include("employees.trace_urls")),
    path("", include("employees.organisation_urls")),
    path("positions/", include("attestation.job_descriptions.urls")),
    path("positions/", include("positions.urls")),
    path("accounts/", include(account_urls)),
    path("language/", views.set_language, name="set_language"),
    path("healthz", views.healthz, name="healthz"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("admin/", admin.site.urls),
]
