from django.urls import path

from pairs.cases import views

urlpatterns = [
    path("programmes/<int:programme_id>/cases/", views.case_list, name="case-list"),
    path("programmes/<int:programme_id>/cases/new/", views.case_new, name="case-new"),
    path("cases/<int:pk>/", views.case_detail, name="case"),
    path("cases/<int:pk>/edit/", views.case_edit, name="case-edit"),
    path("cases/<int:pk>/ready/", views.case_ready, name="case-ready"),
    path("cases/<int:pk>/publish/", views.case_publish, name="case-publish"),
    path("cases/<int:pk>/draft/", views.case_take_back, name="case-take-back"),
    path("cases/<int:pk>/remove/", views.case_remove, name="case-remove"),
]
