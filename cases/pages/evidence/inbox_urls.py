"""The addresses of evidence that is on no case yet."""

from django.urls import URLPattern, URLResolver, include, path

from cases.pages.evidence import inbox

_piece: list[URLPattern | URLResolver] = [
    path("", inbox.unmatched_page, name="unmatched-evidence"),
    path("finding/", inbox.review_unmatched_page, name="review-unmatched-evidence"),
    path("case/", inbox.match_page, name="match-evidence"),
    path("file/", inbox.unmatched_file_page, name="unmatched-file"),
    path("original/", inbox.unmatched_original_page, name="unmatched-original"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", inbox.inbox_page, name="evidence-inbox"),
    path("add/", inbox.add_page, name="add-unmatched-evidence"),
    path("<uuid:key>/", include(_piece)),
]
