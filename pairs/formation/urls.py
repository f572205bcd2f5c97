from django.urls import path

from pairs.formation import choosing, views

urlpatterns = [
    path("programmes/<int:programme_id>/pairs/", views.pair_list, name="pair-list"),
    path("programmes/<int:programme_id>/pairs/new/", choosing.pair_new, name="pair-new"),
    path("programmes/<int:programme_id>/pairs/confirm/", views.confirm, name="pair-confirm"),
    path("programmes/<int:programme_id>/unpaired/", views.unpaired_list, name="unpaired-list"),
    path("pairs/<int:pk>/", views.pair_detail, name="pair-detail"),
    path("pairs/<int:pk>/delete/", views.pair_delete, name="pair-delete"),
    path("pairs/<int:pk>/end/", views.pair_end, name="pair-end"),
    path("pairs/<int:pk>/mentor/", views.pair_change_mentor, name="pair-change-mentor"),
    path("pairs/<int:pk>/mentees/add/", views.pair_add_mentee, name="pair-add-mentee"),
    path("pairs/<int:pk>/mentees/remove/", views.pair_remove_mentee, name="pair-remove-mentee"),
]
