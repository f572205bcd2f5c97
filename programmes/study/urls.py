from django.urls import path

from programmes.study import views

urlpatterns = [
    path("", views.concept, name="concept"),
    path("ready/", views.concept_ready, name="concept-ready"),
    path("record/", views.concept_record, name="concept-record"),
    path("records/<int:pk>/delete/", views.study_record_delete, name="study-record-delete"),
    path("materials/add/", views.material_new, name="material-new"),
    path("materials/<int:pk>/", views.material_edit, name="material-edit"),
    path("materials/<int:pk>/remove/", views.material_remove, name="material-remove"),
]
