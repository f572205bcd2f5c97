from django.urls import path

from programmes.applications import public_views

urlpatterns = [
    path("<str:slug>/", public_views.apply, name="apply"),
    path("<str:slug>/thanks/", public_views.apply_thanks, name="apply-thanks"),
]
