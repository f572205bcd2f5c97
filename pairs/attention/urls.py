from django.urls import path

from pairs.attention import views

urlpatterns = [
    path("programmes/<int:programme_id>/attention/", views.attention, name="attention"),
    path("pairs/<int:pk>/postpone/", views.postpone, name="pair-postpone"),
    path("postponed/<int:pk>/resume/", views.resume, name="postponed-resume"),
    path("settings/attention/", views.attention_rules, name="attention-rules"),
]
