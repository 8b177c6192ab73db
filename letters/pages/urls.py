"""The addresses of letters, under those of a case."""

from django.urls import URLPattern, URLResolver, path

from letters.pages import beginning, owed, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.letters_page, name="letters"),
    path("owed/", owed.owed_page, name="owed-letters"),
    path("new/<slug:letter>/", beginning.new_letter_page, name="new-letter"),
    path("<uuid:key>/", views.letter_page, name="letter"),
    path("<uuid:key>/pdf/", views.letter_pdf, name="letter-pdf"),
    path("<uuid:key>/release/", views.release_letter_page, name="release-letter"),
]
