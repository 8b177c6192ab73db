"""The addresses of what closing owes; closing and reopening themselves stand with the other changes of a case."""

from django.urls import URLPattern, URLResolver, path

from cases.pages.closing import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("letters/<int:number>/sent/", views.mark_sent_page, name="mark-mailing-sent"),
]
