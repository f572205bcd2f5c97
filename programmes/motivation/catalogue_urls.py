from django.urls import path

from programmes.motivation import catalogue_views as views

urlpatterns = [
    path("", views.measure_list, name="measure-list"),
    path("<int:pk>/", views.measure_edit, name="measure-edit"),
    path("<int:pk>/move/", views.measure_move, name="measure-move"),
]
