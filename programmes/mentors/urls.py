from django.urls import path

from programmes.base_import import views as import_views
from programmes.mentors import views

FOR = {"base": "mentors"}

urlpatterns = [
    path("", views.mentor_list, name="mentor-list"),
    path("add/", views.mentor_add, name="mentor-add"),
    path("list.xlsx", views.mentor_export, name="mentor-export"),
    path("import/", import_views.base_import, FOR, name="mentor-import"),
    path("import/sample.xlsx", import_views.sample, FOR, name="mentor-import-sample"),
    path("import/<int:pk>/", import_views.check, FOR, name="mentor-import-check"),
    path("import/<int:pk>/errors.xlsx", import_views.errors, FOR, name="mentor-import-errors"),
    path("<int:pk>/", views.mentor_edit, name="mentor-edit"),
    path("<int:pk>/card/", views.mentor_card, name="mentor-card"),
    path("<int:pk>/end/", views.mentor_end, name="mentor-end"),
]
