from django.urls import path

from pairs.reports import curator_views, views

urlpatterns = [
    path(
        "pairs/<int:pk>/reports/<int:person_id>/<str:kind>/",
        views.report_edit,
        name="report-edit",
    ),
    path("reports/<int:pk>/return/", views.report_return, name="report-return"),
    path("programmes/<int:programme_id>/reports/", views.report_list, name="report-list"),
    path(
        "programmes/<int:programme_id>/reports/accept/", views.report_accept, name="report-accept"
    ),
    path("programmes/<int:programme_id>/reports/terms/", views.report_terms, name="report-terms"),
    path(
        "programmes/<int:programme_id>/reports/curator/",
        curator_views.curator_report_list,
        name="curator-report-list",
    ),
    path(
        "programmes/<int:programme_id>/reports/curator/new/",
        curator_views.curator_report_new,
        name="curator-report-new",
    ),
    path(
        "programmes/<int:programme_id>/reports/curator/<int:pk>/",
        curator_views.curator_report,
        name="curator-report",
    ),
    path(
        "programmes/<int:programme_id>/reports/curator/<int:pk>/remove/",
        curator_views.curator_report_remove,
        name="curator-report-remove",
    ),
    path(
        "programmes/<int:programme_id>/reports/curator/<int:pk>/figures.xlsx",
        curator_views.curator_report_xlsx,
        name="curator-report-xlsx",
    ),
]
