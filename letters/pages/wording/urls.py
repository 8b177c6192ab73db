"""The addresses of words of letters."""

from django.urls import URLPattern, URLResolver, include, path

from letters.pages.wording import confirming, views

_OF_ONE: list[URLPattern | URLResolver] = [
    path("", views.wording_page, name="wording"),
    path("draft/", views.wording_draft_page, name="wording-draft"),
    path("draft/preview/", views.wording_preview, name="wording-preview"),
    path("draft/publish/", confirming.publish_wording_page, name="publish-wording"),
    path("draft/give-up/", confirming.give_wording_up_page, name="give-wording-up"),
    path("shipped/", confirming.shipped_wording_page, name="shipped-wording"),
    path("versions/<int:number>/", views.wording_version_page, name="wording-version"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.wordings_page, name="wordings"),
    path("<str:letter>/<str:reader>/<str:form>/", include(_OF_ONE)),
]
