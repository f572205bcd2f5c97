from django.urls import path

from programmes.mentees import views

urlpatterns = [
    path("", views.mentee_list, name="mentee-list"),
    path("add/", views.mentee_add, name="mentee-add"),
    path("<int:pk>/", views.mentee_edit, name="mentee-edit"),
    path("<int:pk>/end/", views.mentee_end, name="mentee-end"),
]
