from django.urls import path

from programmes.preparation import plan_views as views

urlpatterns = [
    path("", views.plan, name="plan"),
    path("add/", views.plan_item_new, name="plan-item-new"),
    path("ready/", views.plan_ready, name="plan-ready"),
    path("<int:pk>/", views.plan_item_edit, name="plan-item-edit"),
    path("<int:pk>/move/", views.plan_item_move, name="plan-item-move"),
    path("<int:pk>/delete/", views.plan_item_delete, name="plan-item-delete"),
]
