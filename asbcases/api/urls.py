from django.urls import path, re_path

from asbcases.api.views import Nothing, OneCase, OneReport, Reports, Schema

urlpatterns = [
    path("reports/", Reports.as_view(), name="api-reports"),
    path("reports/<str:reference>/", OneReport.as_view(), name="api-report"),
    path("cases/<str:reference>/", OneCase.as_view(), name="api-case"),
    path("schema/", Schema.as_view(), name="api-schema"),
    re_path(r"^.*$", Nothing.as_view(), name="api-nothing"),
]
