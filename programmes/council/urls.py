from django.urls import path

from programmes.council import views

urlpatterns = [
    path("", views.council, name="council"),
    path("add/", views.council_add, name="council-add"),
    path("all/", views.council_add_all, name="council-add-all"),
    path("<int:pk>/", views.council_member, name="council-member"),
    path("<int:pk>/duty/", views.council_duty, name="council-duty"),
    path("<int:pk>/end/", views.council_end, name="council-end"),
    path("<int:pk>/correct/", views.council_correct, name="council-correct"),
    path("<int:pk>/delete/", views.council_delete, name="council-delete"),
]
