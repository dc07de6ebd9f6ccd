"""The product's addresses and, beside them, the bare pages."""

from django.urls import path

from gonghui.site.urls import urlpatterns as product

from . import bare

urlpatterns = [
    *product,
    path("bare/record/", bare.record),
    path("bare/insert/", bare.insert),
    path("bare/<str:label>/<int:count>/", bare.rows),
]
