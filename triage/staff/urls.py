from django.urls import path

from triage.staff.calls import log_report, log_report_outcome
from triage.staff.waiting import waiting_report, waiting_reports

urlpatterns = [
    path("log/", log_report, name="log-report"),
    path("log/outcome/", log_report_outcome, name="log-report-outcome"),
    path("waiting/", waiting_reports, name="waiting-reports"),
    path("waiting/<str:reference>/", waiting_report, name="waiting-report"),
]
