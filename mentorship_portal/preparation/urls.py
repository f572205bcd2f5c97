from django.urls import path

from mentorship_portal.preparation import views

urlpatterns = [
    path("preparation/", views.preparation, name="preparation"),
    path("concept/sheet.<str:extension>", views.study_sheet, name="study-sheet"),
    path("plan/states.<str:extension>", views.plan_states, name="plan-states"),
]
