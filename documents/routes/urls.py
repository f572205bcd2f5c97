from django.urls import path

from documents.routes import views

urlpatterns = [
    path("routes/<int:pk>/route.<str:extension>", views.route_paper, name="route-paper"),
    path("programmes/<int:programme_id>/routes/all.pdf", views.routes_pdf, name="routes-pdf"),
]
