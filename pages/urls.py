"""URLs of the app."""


app_name = "pages"
urlpatterns: list = []
