from django.urls import path

from documents.exports import views

urlpatterns = [
    path("", views.export_list, name="export-list"),
    path("ask/", views.export_ask, name="export-ask"),
    path("<int:pk>/file/", views.export_file, name="export-file"),
    path("<int:pk>/cancel/", views.export_cancel, name="export-cancel"),
    path("<int:pk>/again/", views.export_again, name="export-again"),
    path("<int:pk>/delete/", views.export_delete, name="export-delete"),
]
