"""All addresses of the portal: each room keeps its own."""

from django.urls import include, path

from mentorship_portal.board.views import board
from programmes.study.views import my_study

urlpatterns = [
    path("", include("mentorship_portal.home.urls")),
    path("", include("programmes.school.urls")),
    path("council/", include("programmes.council.urls")),
    path("people/", include("programmes.people.urls")),
    path("programmes/<int:programme_id>/", board, name="board"),
    path("programmes/", include("programmes.programme.urls")),
    path("programmes/<int:programme_id>/group/", include("programmes.preparation.group_urls")),
    path("programmes/<int:programme_id>/plan/", include("programmes.preparation.plan_urls")),
    path("programmes/<int:programme_id>/", include("mentorship_portal.preparation.urls")),
    path("programmes/<int:programme_id>/goals/", include("programmes.goals.urls")),
    path("programmes/<int:programme_id>/concept/", include("programmes.study.urls")),
    path("programmes/<int:programme_id>/resources/", include("programmes.resources.urls")),
    path("study/", my_study, name="my-study"),
    path("settings/catalogue/", include("programmes.catalogue.urls")),
    path("settings/calendar/", include("programmes.school_calendar.urls")),
    path("programmes/<int:programme_id>/mentees/", include("programmes.mentees.urls")),
    path("programmes/<int:programme_id>/mentors/", include("programmes.mentors.urls")),
    path("", include("pairs.formation.urls")),
    path("documents/", include("documents.registry.urls")),
    path("settings/papers/", include("documents.letterhead.urls")),
]
