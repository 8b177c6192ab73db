"""The addresses of the evidence of one case."""

from django.urls import URLPattern, URLResolver, include, path

from cases.pages.evidence import diary, views

_piece: list[URLPattern | URLResolver] = [
    path("", views.piece_page, name="evidence-piece"),
    path("finding/", views.review_page, name="review-evidence"),
    path("court/", views.court_page, name="evidence-court"),
    path("file/", views.file_page, name="evidence-file"),
    path("original/", views.original_page, name="evidence-original"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.evidence_list, name="evidence"),
    path("add/", views.add_evidence_page, name="add-evidence"),
    path("diary/", diary.diary_page, name="add-diary"),
    path("<uuid:key>/", include(_piece)),
]
