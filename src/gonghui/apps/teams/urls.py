"""Addresses of teams."""

from .screens import board, records, rollout, study

app_name = "teams"
urlpatterns = [
    *board.urlpatterns,
    *rollout.urlpatterns,
    *study.urlpatterns,
    *records.urlpatterns,
]
