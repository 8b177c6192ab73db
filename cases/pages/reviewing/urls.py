"""The addresses of this part of a case."""

from django.urls import URLPattern, URLResolver, path

from cases.pages.reviewing import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.case_review_page, name="case-review"),
    path("explain/", views.explain_review_page, name="explain-case-review"),
    path("apply/", views.apply_page, name="apply-case-review"),
    path("<int:number>/decide/", views.decide_page, name="decide-case-review"),
    path("<int:number>/outcome/", views.outcome_page, name="record-case-review-outcome"),
]
