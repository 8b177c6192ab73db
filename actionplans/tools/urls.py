"""The addresses of the tools of a case."""

from django.urls import URLPattern, URLResolver, path

from actionplans.tools import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.tools_page, name="tools"),
    path("used/<uuid:key>/end/", views.end_tool_page, name="end-tool"),
    path("<slug:tool>/", views.use_tool_page, name="use-tool"),
]
