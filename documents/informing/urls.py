from django.urls import path

from documents.informing import views

urlpatterns = [
    path("letter/file/", views.letter_file, name="parent-letter-file"),
    path("<int:pk>/poster/", views.poster, name="announcement-poster"),
    path("<int:pk>/handout/", views.handout, name="announcement-handout"),
]
