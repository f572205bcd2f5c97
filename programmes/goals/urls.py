from django.urls import path

from programmes.goals import views

urlpatterns = [
    path("", views.goals, name="goals"),
    path("indicators/add/", views.indicator_new, name="indicator-new"),
    path("indicators/<int:pk>/", views.indicator_edit, name="indicator-edit"),
    path("indicators/<int:pk>/remove/", views.indicator_remove, name="indicator-remove"),
]
