from django.urls import path

from pairs.meetings import plan_views, views

urlpatterns = [
    path("pairs/<int:pk>/meetings/", views.meeting_list, name="pair-meetings"),
    path("pairs/<int:pk>/meetings/log/", views.meeting_log, name="pair-meeting-log"),
    path("pairs/<int:pk>/meetings/plan/", plan_views.meeting_plan, name="pair-meeting-plan"),
    path("meetings/<int:pk>/", views.meeting_edit, name="pair-meeting-edit"),
    path("meetings/<int:pk>/delete/", views.meeting_delete, name="pair-meeting-delete"),
    path("meetings/<int:pk>/move/", plan_views.meeting_move, name="pair-meeting-move"),
    path("meetings/<int:pk>/missed/", plan_views.meeting_missed, name="pair-meeting-missed"),
    path("meetings/<int:pk>/off/", plan_views.meeting_call_off, name="pair-meeting-call-off"),
    path("meetings/<int:pk>/ics/", plan_views.meeting_ics, name="pair-meeting-ics"),
]
