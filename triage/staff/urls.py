from django.urls import path

urlpatterns: list = [path("log/", lambda r: None, name="log-report"), path("waiting/", lambda r: None, name="waiting-reports")]
