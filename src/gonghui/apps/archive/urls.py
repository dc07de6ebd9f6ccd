"""Addresses of the learning archive."""

from .portal.checking import urlpatterns as checking
from .portal.home import urlpatterns as home
from .portal.reading import urlpatterns as reading
from .portal.space import urlpatterns as space
from .portal.volumes import urlpatterns as volumes
from .portal.writing import urlpatterns as writing
from .screens.pieces import urlpatterns as pieces
from .screens.space import urlpatterns as lists
from .screens.volumes import urlpatterns as frozen

app_name = "archive"
urlpatterns = [
    *pieces, *lists, *frozen, *home, *writing, *reading, *space, *volumes, *checking,
]  # fmt: skip
