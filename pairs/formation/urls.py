from django.urls import path

from pairs.formation import views

urlpatterns = [
    path("my-pairs/", views.my_pairs, name="my-pairs"),
    path("programmes/<int:programme_id>/pairs/", views.pair_list, name="pair-list"),
    path("programmes/<int:programme_id>/pairs/new/", views.pair_new, name="pair-new"),
    path("programmes/<int:programme_id>/pairs/confirm/", views.confirm, name="pair-confirm"),
    path("programmes/<int:programme_id>/unpaired/", views.unpaired_list, name="unpaired-list"),
    path("pairs/<int:pk>/", views.pair_detail, name="pair-detail"),
    path("pairs/<int:pk>/delete/", views.pair_delete, name="pair-delete"),
    path("pairs/<int:pk>/end/", views.pair_end, name="pair-end"),
    path("pairs/<int:pk>/mentor/", views.pair_change_mentor, name="pair-change-mentor"),
]
