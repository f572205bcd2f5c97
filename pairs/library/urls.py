from django.urls import path

from pairs.library import send_views, views

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/ready/", views.library_ready, name="library-ready"),
    path("library/new/", views.item_new, name="library-item-new"),
    path("library/<int:pk>/", send_views.item, name="library-item"),
    path("library/<int:pk>/edit/", views.item_edit, name="library-item-edit"),
    path("library/<int:pk>/file/", views.item_file, name="library-item-file"),
    path("pairs/<int:pk>/library/", send_views.pair_library, name="pair-library"),
    path("sendings/<int:pk>/read/", send_views.sending_read, name="sending-read"),
    path("sendings/<int:pk>/back/", send_views.sending_take_back, name="sending-take-back"),
]
