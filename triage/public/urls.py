from django.urls import path

from triage.public.start import choose
from triage.public.views import check, exit_page, promises, sent, step

urlpatterns = [
    path("", choose, name="home"),
    path("report/", choose, name="report-landlords"),
    path("report/<slug:landlord>/", step, {"key": "what"}, name="public-report"),
    path("report/<slug:landlord>/check/", check, name="public-check"),
    path("report/<slug:landlord>/sent/", sent, name="public-sent"),
    path("report/<slug:landlord>/exit/", exit_page, name="public-exit"),
    path("report/<slug:landlord>/promises/", promises, name="public-promises"),
    path("report/<slug:landlord>/<slug:key>/", step, name="public-step"),
]
