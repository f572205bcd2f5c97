from django.urls import path

from pairs.completion import views

urlpatterns = [
    path("programmes/<int:programme_id>/completion/", views.completion, name="completion"),
    path("programmes/<int:programme_id>/completion/close/", views.close_pairs, name="close-pairs"),
    path("programmes/<int:programme_id>/final-event/", views.final_event, name="final-event"),
]
