from django.urls import path

from programmes.applications import link_views, proposal_views, views

urlpatterns = [
    path("", views.application_list, name="application-list"),
    path("export/", views.application_export, name="application-export"),
    path("bulk/", views.application_bulk, name="application-bulk"),
    path("propose/", proposal_views.application_propose, name="application-propose"),
    path("links/", link_views.application_links, name="application-links"),
    path("links/open/", link_views.application_link_open, name="application-link-open"),
    path("links/<int:pk>/close/", link_views.application_link_close, name="application-link-close"),
    path("links/<int:pk>/renew/", link_views.application_link_renew, name="application-link-renew"),
    path("<int:pk>/", views.application_detail, name="application-detail"),
    path("<int:pk>/person/", views.application_person, name="application-person"),
    path("<int:pk>/accept/", views.application_accept, name="application-accept"),
    path("<int:pk>/decline/", views.application_decline, name="application-decline"),
    path("<int:pk>/return/", views.application_return, name="application-return"),
    path("<int:pk>/purpose/", views.application_turn, name="application-purpose"),
]
