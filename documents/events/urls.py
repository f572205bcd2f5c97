from django.urls import path

from documents.events import views

urlpatterns = [
    path("events/<int:pk>/sheets.pdf", views.event_sheets, name="event-sheets"),
    path("events/<int:pk>/links.pdf", views.event_links, name="event-links"),
]
