from django.urls import path

from programmes.school_calendar import views

urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("proposal/", views.calendar_proposal, name="calendar-proposal"),
    path("<int:pk>/", views.calendar_edit, name="calendar-edit"),
    path("<int:pk>/delete/", views.calendar_delete, name="calendar-delete"),
]
