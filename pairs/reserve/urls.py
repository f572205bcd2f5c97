from django.urls import path

from pairs.reserve import views

urlpatterns = [
    path("reserve/", views.reserve, name="reserve"),
    path("reserve.xlsx", views.reserve_export, name="reserve-export"),
    path("reserve/add/", views.reserve_add, name="reserve-add"),
    path("programmes/<int:programme_id>/reserve/fill/", views.reserve_fill, name="reserve-fill"),
    path("reserve/<int:pk>/leave/", views.reserve_leave, name="reserve-leave"),
    path("reserve/<int:pk>/candidate/", views.reserve_candidate, name="reserve-candidate"),
]
