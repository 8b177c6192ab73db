"""The addresses of the letterhead."""

from django.urls import URLPattern, URLResolver, path

from letters.pages.letterhead import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.letterhead_page, name="letterhead"),
    path("remove-logo/", views.remove_logo_page, name="remove-logo"),
    path("logo/<str:sha256>/", views.logo, name="logo"),
]
