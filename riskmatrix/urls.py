"""The addresses of risk assessments, under those of a case."""

from django.urls import URLPattern, URLResolver, path

from riskmatrix.pages import assessing, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.risk_page, name="risk"),
    path("assessments/<uuid:key>/act/", views.act_page, name="act-on-risk"),
    path("<uuid:person>/assess/", assessing.assess_page, name="assess-risk"),
    path("<uuid:person>/consent/", views.consent_page, name="risk-consent"),
]
