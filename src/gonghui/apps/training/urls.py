"""Addresses of training."""

from . import portal
from .screens import courses, planning, quizzes

app_name = "training"
urlpatterns = [
    *planning.urlpatterns,
    *courses.urlpatterns,
    *quizzes.urlpatterns,
    *portal.urlpatterns,
]
