"""The addresses of the action plans of a case."""

from django.urls import URLPattern, URLResolver, path

from actionplans.plan import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.plan_page, name="plan"),
    path("with/<uuid:person>/", views.agree_page, name="agree-plan"),
    path("versions/<uuid:plan>/sent/", views.send_page, name="send-plan"),
    path("actions/<uuid:action>/done/", views.finish_page, name="finish-action"),
    path("actions/<uuid:action>/drop/", views.drop_page, name="drop-action"),
    path("actions/<uuid:action>/give/", views.give_page, name="give-action"),
]
