"""Every address of the product. Each app lists its own pages."""

from django.urls import include, path

urlpatterns = [
    path("", include("asbcases.desk.urls")),
    path("", include("asbcases.components.urls")),
    path("api/v1/", include("asbcases.api.urls")),
    path("", include("triage.progress.urls")),
    path("", include("triage.public.urls")),
    path("desk/", include("triage.staff.urls")),
    path("desk/", include("cases.pages.urls")),
    path("desk/cases/<str:reference>/risk/", include("riskmatrix.urls")),
    path("desk/letters/", include("letters.pages.outbox.urls")),
    path("desk/cases/<str:reference>/letters/", include("letters.pages.urls")),
    path("desk/wording/letterhead/", include("letters.pages.letterhead.urls")),
    path("desk/wording/", include("letters.pages.wording.urls")),
    path("desk/cases/<str:reference>/plan/", include("actionplans.plan.urls")),
    path("desk/cases/<str:reference>/tools/", include("actionplans.tools.urls")),
]
