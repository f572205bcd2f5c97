from django.urls import path

from programmes.resources import views

urlpatterns = [
    path("", views.resource_list, name="resource-list"),
    path("add/", views.resource_new, name="resource-new"),
    path("<int:pk>/", views.resource_edit, name="resource-edit"),
    path("<int:pk>/remove/", views.resource_remove, name="resource-remove"),
]
