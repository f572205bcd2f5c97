from django.urls import path

from documents.registry import lists, views

urlpatterns = [
    path("", lists.document_list, name="document-list"),
    path("desk/", lists.desk, name="director-desk"),
    path("register/", lists.register_book, name="register-book"),
    path("by-hand/", lists.by_hand, name="document-by-hand"),
    path("series/", lists.series_settings, name="series-settings"),
    path("order-on-pairs/<int:programme_id>/", views.order_on_pairs, name="order-on-pairs"),
    path("<int:pk>/", views.detail, name="document-detail"),
    path("<int:pk>/facts/", views.update_facts, name="document-facts"),
    path("<int:pk>/send/", views.send_for_signature, name="document-send"),
    path("<int:pk>/return/", views.return_with_remark, name="document-return"),
    path("<int:pk>/register/", views.register, name="document-register"),
    path("<int:pk>/cancel/", views.cancel, name="document-cancel"),
    path("<int:pk>/delete/", views.delete_draft, name="document-delete"),
    path("<int:pk>/scan/", views.upload_scan, name="document-scan"),
    path("<int:pk>/scans/<int:scan_id>/", views.download_scan, name="document-scan-file"),
    path("<int:pk>/paper.docx", views.download, {"extension": "docx"}, name="document-docx"),
    path("<int:pk>/paper.pdf", views.download, {"extension": "pdf"}, name="document-pdf"),
]
