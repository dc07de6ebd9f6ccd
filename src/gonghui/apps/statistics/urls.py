"""Which address leads to which screen of statistics."""

from .screens import collections, filings, forms

app_name = "statistics"
urlpatterns = [*forms.urlpatterns, *collections.urlpatterns, *filings.urlpatterns]
