from django.urls import path

from pairs.petitions import views

urlpatterns = [
    path("pairs/<int:pk>/petition/", views.petition_new, name="pair-petition"),
    path("programmes/<int:programme_id>/petitions/", views.petition_list, name="petition-list"),
    path("petitions/<int:pk>/decide/", views.petition_decide, name="petition-decide"),
    path("petitions/<int:pk>/withdraw/", views.petition_withdraw, name="petition-withdraw"),
]
