"""The addresses of this part of a case."""

from django.urls import URLPattern, URLResolver, path

from cases.pages.linking import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.links_page, name="links"),
    path("new/", views.link_page, name="link-case"),
    path("merge/", views.merge_page, name="merge-case"),
    path("split/", views.split_page, name="split-case"),
    path("undo/<str:other>/", views.undo_page, name="undo-rearrangement"),
    path("<str:other>/<slug:kind>/end/", views.unlink_page, name="unlink-case"),
]
