from django.urls import path

from programmes.preparation import group_views as views

urlpatterns = [
    path("", views.project_group, name="project-group"),
    path("add/", views.group_add, name="group-add"),
    path("<int:pk>/", views.group_member, name="group-member"),
    path("<int:pk>/leader/", views.group_leader, name="group-leader"),
    path("<int:pk>/move/", views.group_move, name="group-move"),
    path("<int:pk>/end/", views.group_end, name="group-end"),
    path("<int:pk>/correct/", views.group_correct, name="group-correct"),
    path("<int:pk>/delete/", views.group_delete, name="group-delete"),
]
