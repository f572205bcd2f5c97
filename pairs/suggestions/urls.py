from django.urls import path

from pairs.suggestions import views

urlpatterns = [
    path("programmes/<int:programme_id>/pairs/match/", views.suggestions, name="suggestions"),
    path("programmes/<int:programme_id>/pairs/match/run/", views.run, name="suggestions-run"),
    path(
        "programmes/<int:programme_id>/pairs/match/weights/",
        views.weights,
        name="suggestions-weights",
    ),
    path("programmes/<int:programme_id>/pairs/match/lock/", views.lock, name="suggestions-lock"),
    path(
        "programmes/<int:programme_id>/pairs/match/take-away/",
        views.take_away,
        name="suggestions-take-away",
    ),
    path(
        "programmes/<int:programme_id>/pairs/match/declined/",
        views.declined,
        name="suggestions-declined",
    ),
    path("pairs/<int:pk>/decline/", views.decline, name="pair-decline"),
    path("declined/<int:pk>/take-back/", views.take_back, name="declined-take-back"),
]
