from django.urls import path

from documents.letters import views

urlpatterns = [
    path("awards/<int:pk>/letter.pdf", views.letter_pdf, name="letter-pdf"),
    path("awards/<int:pk>/letter.docx", views.letter_docx, name="letter-docx"),
    path("programmes/<int:programme_id>/awards/letters.pdf", views.letters_pdf, name="letters-pdf"),
    path(
        "programmes/<int:programme_id>/awards/letters.docx",
        views.letters_docx,
        name="letters-docx",
    ),
    path("programmes/<int:programme_id>/final-event/sheet/", views.event_sheet, name="event-sheet"),
]
