from django.urls import path

from documents.letterhead import views

urlpatterns = [
    path("", views.paper_settings, name="paper-settings"),
    path("instruction/", views.reset_settings, name="paper-settings-reset"),
    path("head/", views.head_of_papers, name="letterhead"),
    path("head/upload/", views.upload, name="letterhead-upload"),
    path("head/emblem/", views.upload_emblem, name="emblem-upload"),
    path("head/emblem/remove/", views.remove_emblem, name="emblem-remove"),
    path("head/<int:pk>/", views.sample, name="letterhead-sample"),
    path("head/<int:pk>/sample.docx", views.sample_docx, name="letterhead-sample-docx"),
    path("head/<int:pk>/sample.pdf", views.sample_pdf, name="letterhead-sample-pdf"),
    path("head/<int:pk>/letterhead.docx", views.download, name="letterhead-file"),
    path("head/<int:pk>/accept/", views.accept, name="letterhead-accept"),
    path("head/<int:pk>/discard/", views.discard, name="letterhead-discard"),
    path("head/<int:pk>/retire/", views.retire, name="letterhead-retire"),
    path("references/", views.references, name="legal-references"),
    path("references/new/", views.new_reference, name="legal-reference-new"),
    path("references/<int:pk>/", views.edit_reference, name="legal-reference-edit"),
    path("references/<int:pk>/delete/", views.delete_reference, name="legal-reference-delete"),
]
