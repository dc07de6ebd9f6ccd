"""Which address leads to which screen of people."""

from django.urls import path

from .portal import joining, own
from .screens import counts, duplicates
from .screens.applications import ApplicationScreens, paper
from .screens.ledger import act, revoke
from .screens.people import PersonScreens, account_of, transfer
from .screens.privacy import CorrectionScreens, RevealScreens, anonymise, reveal
from .screens.record import birthdays, record
from .screens.transfers import TransferScreens

app_name = "membership"
urlpatterns = [
    *PersonScreens.urls(),
    path("person/<int:pk>/act/<slug:act>/", act, name="person-act"),
    path("entry/<int:pk>/revoke/", revoke, name="entry-revoke"),
    *ApplicationScreens.urls(),
    path("application/paper/", paper, name="application-paper"),
    *duplicates.urlpatterns,
    *joining.urlpatterns,
    path("counts/", counts.counts, name="counts"),
    path("counts/explained/", counts.explained, name="explained"),
    *TransferScreens.urls(),
    path("person/<int:pk>/transfer/", transfer, name="person-transfer"),
    path("person/<int:pk>/account/", account_of, name="person-account"),
    path("person/<int:pk>/record/", record, name="person-record"),
    path("person/<int:pk>/reveal/", reveal, name="person-reveal"),
    path("person/<int:pk>/anonymise/", anonymise, name="person-anonymise"),
    path("birthdays/", birthdays, name="birthdays"),
    *RevealScreens.urls(),
    *CorrectionScreens.urls(),
    *own.urlpatterns,
]
