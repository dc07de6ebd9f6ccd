"""The member's own pages of training, for the phone: my classes, taking a test."""

from . import courses, sitting

urlpatterns = [*courses.urlpatterns, *sitting.urlpatterns]
