"""URLs of the app."""

app_name = "matters"
urlpatterns: list = []
