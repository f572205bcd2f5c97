from django.urls import path

from programmes.selection import criteria_views, sheet_views, views

urlpatterns = [
    path("", views.selection, name="selection"),
    path("decide/", views.decide, name="selection-decide"),
    path("let-in/", views.let_in, name="selection-let-in"),
    path("candidates/<int:pk>/", views.candidate, name="selection-candidate"),
    path(
        "candidates/<int:pk>/sheets/<int:assessor_id>/",
        sheet_views.sheet,
        name="selection-sheet",
    ),
    path("criteria/", criteria_views.criteria, name="selection-criteria"),
    path("criteria/ready/", criteria_views.criteria_ready, name="criteria-ready"),
    path("criteria/new/", criteria_views.criterion_new, name="criterion-new"),
    path("criteria/<int:pk>/", criteria_views.criterion_edit, name="criterion-edit"),
    path("criteria/<int:pk>/delete/", criteria_views.criterion_delete, name="criterion-delete"),
    path("assessors/", sheet_views.assessors, name="assessor-list"),
    path("assessors/add/", sheet_views.assessor_add, name="assessor-add"),
    path("assessors/<int:pk>/end/", sheet_views.assessor_end, name="assessor-end"),
]
