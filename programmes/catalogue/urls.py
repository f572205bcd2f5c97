from django.urls import path

from programmes.catalogue import views

urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("general/", views.catalogue_general, name="catalogue-general"),
    path("general/restore/", views.catalogue_general_restore, name="catalogue-general-restore"),
    path("<int:pk>/", views.catalogue_form, name="catalogue-form"),
    path("<int:pk>/restore/", views.catalogue_form_restore, name="catalogue-form-restore"),
]
