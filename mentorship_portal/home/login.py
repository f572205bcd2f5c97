"""The login page, which leads to the first visit while the portal is empty."""

from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

from mentorship_portal import first_visit


@method_decorator(login_not_required, name="dispatch")
class LoginView(auth_views.LoginView):
    redirect_authenticated_user = True

    def dispatch(self, request, *args, **kwargs):
        if first_visit.is_open():
            return redirect("setup")
        return super().dispatch(request, *args, **kwargs)
