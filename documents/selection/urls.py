from django.urls import path

from documents.selection import views

urlpatterns = [
    path("sheets.pdf", views.sheets_pdf, name="selection-sheets-pdf"),
    path("candidates.xlsx", views.candidates_xlsx, name="selection-xlsx"),
]
