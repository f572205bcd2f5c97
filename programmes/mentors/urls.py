from django.urls import path

from programmes.mentors import views

urlpatterns = [
    path("", views.mentor_list, name="mentor-list"),
    path("add/", views.mentor_add, name="mentor-add"),
    path("<int:pk>/", views.mentor_edit, name="mentor-edit"),
    path("<int:pk>/end/", views.mentor_end, name="mentor-end"),
]
