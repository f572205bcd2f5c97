from django.urls import path

from pairs.events import link_views, views

urlpatterns = [
    path("programmes/<int:programme_id>/events/", views.event_list, name="event-list"),
    path("programmes/<int:programme_id>/events/new/", views.event_new, name="event-new"),
    path(
        "programmes/<int:programme_id>/preferences/", views.preference_list, name="preference-list"
    ),
    path(
        "programmes/<int:programme_id>/preferences/list.xlsx",
        views.preference_export,
        name="preference-export",
    ),
    path("events/<int:pk>/", views.event, name="event"),
    path("events/<int:pk>/edit/", views.event_edit, name="event-edit"),
    path("events/<int:pk>/remove/", views.event_remove, name="event-remove"),
    path("events/<int:pk>/invite/", views.event_invite, name="event-invite"),
    path("events/<int:pk>/attendance/", views.event_attendance, name="event-attendance"),
    path("events/<int:pk>/sheets/", views.event_typing, name="event-typing"),
    path("invitations/<int:pk>/remove/", views.invitation_remove, name="event-guest-remove"),
    path("invitations/<int:pk>/link/", views.invitation_link, name="event-guest-link"),
    path("choose/", link_views.choose, name="choose"),
    path("choose/thanks/", link_views.choose_thanks, name="choose-thanks"),
    path("choose/<str:token>/", link_views.choose_open, name="choose-open"),
]
