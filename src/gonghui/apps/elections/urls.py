"""Which address leads to which screen of terms and elections."""

from .screens import chairs, elections, races, terms

app_name = "elections"
urlpatterns = [
    *elections.urlpatterns,
    *races.urlpatterns,
    *terms.urlpatterns,
    *chairs.urlpatterns,
]
