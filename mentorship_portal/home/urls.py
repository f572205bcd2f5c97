from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from mentorship_portal.health import healthz
from mentorship_portal.home import views
from mentorship_portal.home.login import LoginView

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", LoginView.as_view(), name="login"),
    path("logout/", login_not_required(LogoutView.as_view()), name="logout"),
    path("setup/", views.setup, name="setup"),
    path("administration/", views.administration, name="administration"),
    path("evidence/", views.evidence, name="evidence"),
    path("healthz", healthz, name="healthz"),
]
