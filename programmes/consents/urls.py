from django.urls import path

from programmes.consents import views, worker_views

urlpatterns = [
    path("programmes/<int:programme_id>/consents/", views.consent_list, name="consent-list"),
    path(
        "programmes/<int:programme_id>/consents/record/",
        views.consent_record,
        name="consent-record",
    ),
    path(
        "programmes/<int:programme_id>/workers/<int:person_id>/",
        worker_views.worker_mentoring,
        name="worker-mentoring",
    ),
    path(
        "programmes/<int:programme_id>/workers/<int:person_id>/scan/",
        worker_views.upload,
        name="worker-mentoring-scan",
    ),
    path(
        "programmes/<int:programme_id>/workers/<int:person_id>/scans/<int:scan_id>/",
        worker_views.scan_file,
        name="worker-mentoring-scan-file",
    ),
    path("people/<int:pk>/consents/", views.person_consents, name="person-consents"),
    path("consents/<int:pk>/withdraw/", views.withdraw, name="consent-withdraw"),
    path("consents/<int:pk>/complete/", views.complete, name="consent-complete"),
    path("consents/<int:pk>/undo/", views.undo, name="consent-undo"),
    path("consents/<int:pk>/scan/", views.upload_scan, name="consent-scan"),
    path("consents/<int:pk>/scans/<int:scan_id>/", views.scan_file, name="consent-scan-file"),
]
