from django.urls import path

from programmes.people import import_views, views

urlpatterns = [
    path("", views.person_list, name="person-list"),
    path("new/", views.person_new, name="person-new"),
    path("export.xlsx", import_views.export, name="person-export"),
    path("import/", import_views.person_import, name="person-import"),
    path("import/sample.xlsx", import_views.sample, name="person-import-sample"),
    path("import/<int:pk>/", import_views.person_import_check, name="person-import-check"),
    path(
        "import/<int:pk>/errors.xlsx",
        import_views.person_import_errors,
        name="person-import-errors",
    ),
    path("<int:pk>/", views.person_detail, name="person-detail"),
    path("<int:pk>/edit/", views.person_edit, name="person-edit"),
    path("<int:pk>/cases/", views.person_cases, name="person-cases"),
    path("<int:pk>/left/", views.person_left, name="person-left"),
]
