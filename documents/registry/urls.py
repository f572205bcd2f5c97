from django.urls import path

from documents.registry import editor, files, lists, meeting, registers, settings, views

urlpatterns = [
    path("", lists.document_list, name="document-list"),
    path("desk/", lists.desk, name="director-desk"),
    path("desk/register/", lists.register_chosen, name="register-chosen"),
    path("register/", lists.register_book, name="register-book"),
    path("register/journal.<str:extension>", registers.journal_file, name="journal-file"),
    path("by-hand/", lists.by_hand, name="document-by-hand"),
    path("series/", settings.series_settings, name="series-settings"),
    path("start/<int:programme_id>/", views.start, name="document-start"),
    path("set/<int:programme_id>.pdf", files.set_pdf, name="document-set-pdf"),
    path("set/<int:programme_id>.zip", files.set_zip, name="document-set-zip"),
    path(
        "lists/<int:programme_id>/mentors.<str:extension>",
        registers.mentor_list_file,
        name="mentor-list-file",
    ),
    path(
        "lists/<int:programme_id>/base-<str:which>.<str:extension>",
        registers.base_register,
        name="base-register",
    ),
    path("<int:pk>/", views.detail, name="document-detail"),
    path("<int:pk>/facts/", views.update_facts, name="document-facts"),
    path("<int:pk>/meeting/", meeting.meeting, name="meeting"),
    path("<int:pk>/text/", editor.edit, name="document-text"),
    path("<int:pk>/versions/", editor.versions, name="document-versions"),
    path("<int:pk>/send/", views.send_for_signature, name="document-send"),
    path("<int:pk>/take-back/", views.take_back, name="document-take-back"),
    path("<int:pk>/return/", views.return_with_remark, name="document-return"),
    path("<int:pk>/register/", views.register, name="document-register"),
    path("<int:pk>/renew/", views.renew, name="document-renew"),
    path("<int:pk>/cancel/", views.cancel, name="document-cancel"),
    path("<int:pk>/delete/", views.delete_draft, name="document-delete"),
    path("<int:pk>/scan/", views.upload_scan, name="document-scan"),
    path("<int:pk>/scans/<int:scan_id>/", files.download_scan, name="document-scan-file"),
    path("<int:pk>/sheet.<str:extension>", files.acknowledgement_sheet_of, name="document-sheet"),
    path("<int:pk>/paper.docx", files.download, {"extension": "docx"}, name="document-docx"),
    path("<int:pk>/paper.pdf", files.download, {"extension": "pdf"}, name="document-pdf"),
]
