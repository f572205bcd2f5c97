from django.urls import path

from pairs.calendar import views

urlpatterns = [
    path(
        "programmes/<int:programme_id>/calendar/",
        views.programme_calendar,
        name="programme-calendar",
    ),
    path("my-calendar/", views.my_calendar, name="my-calendar"),
    path("my-calendar/link/", views.link_new, name="my-calendar-link"),
    path("my-calendar/revoke/", views.link_revoke, name="my-calendar-revoke"),
    path("c/<str:key>.ics", views.feed, name="calendar-feed"),
]
