from django.urls import path

from documents.training import checking, views

urlpatterns = [
    path(
        "programmes/<int:programme_id>/training/<int:pk>/certificates.pdf",
        views.certificates_pdf,
        name="certificates-pdf",
    ),
    path("certificates/<int:pk>.pdf", views.certificate_pdf, name="certificate-pdf"),
    path("certificates/", checking.check, name="certificate-check"),
    path("c/<str:key>/", checking.open_by_key, name="certificate-open"),
]
