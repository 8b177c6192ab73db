from django.urls import path

from triage.staff import letters
from triage.staff.calls import log_report, log_report_outcome
from triage.staff.waiting import waiting_report, waiting_reports

urlpatterns = [
    path("log/", log_report, name="log-report"),
    path("log/outcome/", log_report_outcome, name="log-report-outcome"),
    path("waiting/", waiting_reports, name="waiting-reports"),
    path("waiting/<str:reference>/", waiting_report, name="waiting-report"),
    path(
        "waiting/<str:reference>/letters/new/<slug:letter>/",
        letters.report_new_letter_page,
        name="report-new-letter",
    ),
    path("waiting/<str:reference>/letters/<uuid:key>/", letters.report_letter_page, name="report-letter"),
    path(
        "waiting/<str:reference>/letters/<uuid:key>/pdf/", letters.report_letter_pdf, name="report-letter-pdf"
    ),
    path(
        "waiting/<str:reference>/letters/<uuid:key>/release/",
        letters.report_release_letter_page,
        name="report-release-letter",
    ),
]
