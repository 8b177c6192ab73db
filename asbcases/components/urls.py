from django.urls import path

from asbcases.components.views import brand_css

urlpatterns = [path("brand/<str:colour>.css", brand_css, name="brand-css")]
