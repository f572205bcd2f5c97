from django.urls import path

from programmes.needs import views

urlpatterns = [
    path("", views.category_list, name="category-list"),
    path("<int:pk>/", views.category_edit, name="category-edit"),
    path("<int:pk>/move/", views.category_move, name="category-move"),
    path("<int:pk>/delete/", views.category_delete, name="category-delete"),
]
