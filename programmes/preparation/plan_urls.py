from django.urls import path

from programmes.preparation import plan_views as views
from programmes.preparation import state_views

urlpatterns = [
    path("", views.plan, name="plan"),
    path("add/", views.plan_item_new, name="plan-item-new"),
    path("ready/", views.plan_ready, name="plan-ready"),
    path("shift/", state_views.plan_shift, name="plan-shift"),
    path("shift/<int:pk>/undo/", state_views.plan_shift_undo, name="plan-shift-undo"),
    path("<int:pk>/state/", state_views.plan_item_state, name="plan-item-state"),
    path("<int:pk>/", views.plan_item_edit, name="plan-item-edit"),
    path("<int:pk>/move/", views.plan_item_move, name="plan-item-move"),
    path("<int:pk>/delete/", views.plan_item_delete, name="plan-item-delete"),
]
