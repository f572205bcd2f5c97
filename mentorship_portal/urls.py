"""All addresses of the portal: each room keeps its own."""

from django.urls import include, path

from mentorship_portal.board.views import board
from pairs.mine.views import my_pairs
from programmes.informing.views import announcements
from programmes.selection.sheet_views import my_selection
from programmes.study.views import my_study
from programmes.training.views import my_training

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
    path("programmes/<int:programme_id>/selection/", include("programmes.selection.urls")),
    path("programmes/<int:programme_id>/selection/", include("documents.selection.urls")),
    path("my-selection/", my_selection, name="my-selection"),
    path("programmes/<int:programme_id>/training/", include("programmes.training.urls")),
    path("my-training/", my_training, name="my-training"),
    path("", include("documents.training.urls")),
    path("programmes/<int:programme_id>/motivation/", include("programmes.motivation.urls")),
    path("settings/categories/", include("programmes.needs.urls")),
    path("settings/measures/", include("programmes.motivation.catalogue_urls")),
    path("", include("pairs.formation.urls")),
    path("", include("pairs.routes.urls")),
    path("", include("documents.routes.urls")),
    path("", include("pairs.reports.urls")),
    path("", include("documents.reports.urls")),
    path("my-pairs/", my_pairs, name="my-pairs"),
    path("", include("pairs.meetings.urls")),
    path("", include("pairs.calendar.urls")),
    path("", include("pairs.attention.urls")),
    path("", include("pairs.library.urls")),
    path("", include("pairs.awards.urls")),
    path("", include("documents.letters.urls")),
    path("", include("pairs.completion.urls")),
    path("", include("pairs.cases.urls")),
    path("", include("pairs.reserve.urls")),
    path("", include("programmes.consents.urls")),
    path("", include("documents.consents.urls")),
    path("", include("programmes.classes.urls")),
    path("a/", include("programmes.applications.public_urls")),
    path("announcements/", announcements, name="announcements"),
    path("programmes/<int:programme_id>/applications/", include("programmes.applications.urls")),
    path("programmes/<int:programme_id>/informing/", include("programmes.informing.urls")),
    path("programmes/<int:programme_id>/informing/", include("documents.informing.urls")),
    path("documents/", include("documents.registry.urls")),
    path("settings/papers/", include("documents.letterhead.urls")),
]
