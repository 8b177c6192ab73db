"""The addresses of this part of a case."""

from django.urls import URLPattern, URLResolver, path

from cases.pages.people import care, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.people_page, name="people"),
    path("add/", views.add_party_page, name="add-party"),
    path("ask/", views.ask_page, name="ask-of-person"),
    path("asked/<int:number>/", views.answer_page, name="answer-request"),
    path("risk-to-staff/<uuid:risk>/", care.look_again_page, name="look-at-risk-again"),
    path("<uuid:person>/risk-to-staff/", care.mark_page, name="mark-staff-risk"),
    path("<uuid:person>/told/", views.keep_told_page, name="keep-told"),
    path("<uuid:person>/", views.change_page, name="change-person"),
]
