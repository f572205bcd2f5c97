from django.urls import path

from programmes.training import result_views, session_views, views

urlpatterns = [
    path("", views.training, name="training"),
    path("ready/", views.course_ready, name="course-ready"),
    path("new/", views.course_new, name="course-new"),
    path("<int:pk>/", views.course, name="course"),
    path("<int:pk>/edit/", views.course_edit, name="course-edit"),
    path("<int:pk>/enrol/", views.enrol, name="course-enrol"),
    path("<int:pk>/settle/", result_views.settle, name="course-settle"),
    path("<int:pk>/certificates/", result_views.certificates, name="course-certificates"),
    path("<int:pk>/sessions/new/", session_views.session_new, name="session-new"),
    path("sessions/<int:pk>/", session_views.session_edit, name="session-edit"),
    path("sessions/<int:pk>/delete/", session_views.session_delete, name="session-delete"),
    path("sessions/<int:pk>/attendance/", session_views.attendance, name="attendance"),
    path("enrolments/<int:pk>/result/", result_views.outside_result, name="enrolment-result"),
    path("enrolments/<int:pk>/strike/", result_views.strike, name="enrolment-strike"),
    path("certificates/<int:pk>/revoke/", result_views.revoke, name="certificate-revoke"),
]
