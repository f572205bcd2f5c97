from django.urls import path

from documents.consents import views

urlpatterns = [
    path(
        "programmes/<int:programme_id>/consents/print.pdf", views.print_many, name="consent-print"
    ),
    path("people/<int:pk>/consents/<str:purpose>.<str:extension>", views.one, name="consent-paper"),
    path(
        "people/<int:pk>/mentoring-consent.<str:extension>",
        views.worker_consent,
        name="person-mentoring-consent",
    ),
    path(
        "consents/<int:pk>/withdrawal.<str:extension>", views.withdrawal, name="consent-withdrawal"
    ),
    path("settings/consents/", views.texts, name="consent-texts"),
    path("settings/consents/<str:purpose>/", views.text, name="consent-text"),
]
