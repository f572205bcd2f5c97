from django.urls import path

from documents.agreements import views

urlpatterns = [
    path(
        "programmes/<int:programme_id>/pairs/agreements/print.pdf",
        views.many,
        {"extension": "pdf"},
        name="agreements-pdf",
    ),
    path(
        "programmes/<int:programme_id>/pairs/agreements/print.zip",
        views.many,
        {"extension": "zip"},
        name="agreements-zip",
    ),
    path(
        "pairs/<int:pk>/agreements/<int:mentee_id>.<str:extension>",
        views.one,
        name="pair-agreement",
    ),
]
