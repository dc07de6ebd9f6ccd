"""Addresses of long work."""

from django.urls import path

from .job_screens import JobScreens, stop_job

app_name = "jobs"
urlpatterns = [*JobScreens.urls(), path("job/<int:pk>/stop/", stop_job, name="job-stop")]
