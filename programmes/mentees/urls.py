from django.urls import path

from programmes.base_import import views as import_views
from programmes.mentees import views

FOR = {"base": "mentees"}

urlpatterns = [
    path("", views.mentee_list, name="mentee-list"),
    path("add/", views.mentee_add, name="mentee-add"),
    path("list.xlsx", views.mentee_export, name="mentee-export"),
    path("import/", import_views.base_import, FOR, name="mentee-import"),
    path("import/sample.xlsx", import_views.sample, FOR, name="mentee-import-sample"),
    path("import/<int:pk>/", import_views.check, FOR, name="mentee-import-check"),
    path("import/<int:pk>/errors.xlsx", import_views.errors, FOR, name="mentee-import-errors"),
    path("<int:pk>/", views.mentee_edit, name="mentee-edit"),
    path("<int:pk>/card/", views.mentee_card, name="mentee-card"),
    path("<int:pk>/end/", views.mentee_end, name="mentee-end"),
]
