"""The addresses of approvals, notices and deviations on a case."""

from django.urls import URLPattern, URLResolver, path

from cases.pages.approving import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.approvals_page, name="approvals"),
    path("notices/<slug:of>/", views.give_notice_page, name="give-notice"),
    path("set-aside/", views.set_aside_page, name="set-aside"),
    path("<slug:what>/", views.approve_page, name="approve"),
]
