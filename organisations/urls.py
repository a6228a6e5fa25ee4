"""URLs of the app."""

from django.urls import path

from organisations.views import places

app_name = "organisations"
urlpatterns = [
    path("places/", places.places, name="places"),
    path("places/<slug:slug>/", places.place, name="place"),
]
