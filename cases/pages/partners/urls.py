"""The addresses of this part of a case."""

from django.urls import URLPattern, URLResolver, path

from cases.pages.partners import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.partners_page, name="partners"),
    path("refer/", views.refer_page, name="refer-person"),
    path("referrals/<int:number>/", views.outcome_page, name="referral-outcome"),
    path("share/", views.share_page, name="share-information"),
]
