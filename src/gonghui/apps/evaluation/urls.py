"""Which address leads to which screen of evaluation."""

from .screens import contenders, judging, reviews, rounds, schemes, voting

app_name = "evaluation"
urlpatterns = [
    *schemes.urlpatterns,
    *rounds.urlpatterns,
    *contenders.urlpatterns,
    *judging.urlpatterns,
    *reviews.urlpatterns,
    *voting.urlpatterns,
]
