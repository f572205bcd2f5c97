from django.urls import path

from documents.reports import views

urlpatterns = [
    path(
        "pairs/<int:pk>/reports/<int:person_id>/<str:kind>/report.<str:extension>",
        views.report_paper,
        name="report-paper",
    ),
    path(
        "programmes/<int:programme_id>/reports/curator/<int:pk>/report.<str:extension>",
        views.curator_report_paper,
        name="curator-report-paper",
    ),
]
