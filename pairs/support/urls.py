from django.urls import path

from pairs.support import views

urlpatterns = [
    path("programmes/<int:programme_id>/unpaired/", views.unpaired_list, name="unpaired-list"),
    path(
        "programmes/<int:programme_id>/unpaired/<int:person_id>/support/",
        views.support_open,
        name="support-open",
    ),
    path("support/<int:pk>/", views.support_case, name="support-case"),
    path("support/<int:pk>/contacts/new/", views.support_contact_new, name="support-contact-new"),
    path("support/<int:pk>/conclude/", views.support_conclude, name="support-conclude"),
    path("support/<int:pk>/close/", views.support_close, name="support-close"),
    path("support-contacts/<int:pk>/", views.support_contact, name="support-contact"),
]
