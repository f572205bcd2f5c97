from django.urls import path

from pairs.agreements import views

urlpatterns = [
    path("programmes/<int:programme_id>/pairs/agreements/", views.agreements, name="agreements"),
    path(
        "programmes/<int:programme_id>/pairs/agreements/sign/", views.sign, name="agreements-sign"
    ),
    path("agreements/<int:pk>/strike/", views.strike, name="agreement-strike"),
]
