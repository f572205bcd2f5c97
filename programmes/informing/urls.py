from django.urls import path

from programmes.informing import views

urlpatterns = [
    path("", views.announcement_list, name="announcement-list"),
    path("new/", views.announcement_new, name="announcement-new"),
    path("letter/", views.parent_letter, name="parent-letter"),
    path("<int:pk>/", views.announcement_edit, name="announcement-edit"),
    path("<int:pk>/publish/", views.announcement_publish, name="announcement-publish"),
    path("<int:pk>/withdraw/", views.announcement_withdraw, name="announcement-withdraw"),
    path("<int:pk>/delete/", views.announcement_delete, name="announcement-delete"),
]
