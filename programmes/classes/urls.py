from django.urls import path

from programmes.classes import views

urlpatterns = [
    path("classes/", views.class_list, name="class-list"),
    path("classes/add/", views.class_teacher_add, name="class-teacher-add"),
    path("classes/<int:pk>/", views.class_teacher_end, name="class-teacher-end"),
    path("classes/<int:pk>/delete/", views.class_teacher_delete, name="class-teacher-delete"),
    path("my-class/", views.my_class, name="my-class"),
    path("my-class/<int:pk>/propose/", views.my_class_propose, name="my-class-propose"),
]
