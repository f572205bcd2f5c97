from django.urls import path

from programmes.motivation import views

urlpatterns = [
    path("", views.motivation, name="motivation"),
    path("list.xlsx", views.motivation_export, name="motivation-export"),
    path("mine/", views.my_measures, name="my-measures"),
    path("plan/", views.planned_new, name="planned-measure-new"),
    path("plan/<int:pk>/", views.planned_edit, name="planned-measure-edit"),
    path("plan/<int:pk>/done/", views.planned_done, name="planned-measure-done"),
    path("plan/<int:pk>/drop/", views.planned_drop, name="planned-measure-drop"),
    path("plan/<int:pk>/reopen/", views.planned_reopen, name="planned-measure-reopen"),
    path("given/", views.given_new, name="given-measure-new"),
    path("given/<int:pk>/delete/", views.given_delete, name="given-measure-delete"),
]
