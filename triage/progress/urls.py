from django.urls import path

from triage.progress.views import progress

urlpatterns = [path("progress/", progress, name="progress")]
