from django.urls import path

from programmes.programme import views

urlpatterns = [
    path("", views.programme_list, name="programme-list"),
    path("new/", views.programme_new, name="programme-new"),
    path("<int:programme_id>/edit/", views.programme_edit, name="programme-edit"),
    path("<int:programme_id>/curators/add/", views.curator_add, name="curator-add"),
    path(
        "<int:programme_id>/curators/<int:curator_id>/end/",
        views.curator_end,
        name="curator-end",
    ),
]
