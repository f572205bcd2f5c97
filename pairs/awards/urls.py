from django.urls import path

from pairs.awards import scheme_views, views

urlpatterns = [
    path("programmes/<int:programme_id>/awards/", views.award_list, name="award-list"),
    path("programmes/<int:programme_id>/awards/decide/", views.award_decide, name="award-decide"),
    path("programmes/<int:programme_id>/awards/give/", views.award_give, name="award-give"),
    path("programmes/<int:programme_id>/awards/new/", views.award_new, name="award-new"),
    path("programmes/<int:programme_id>/awards.xlsx", views.award_export, name="award-export"),
    path("awards/<int:pk>/remove/", views.award_remove, name="award-remove"),
    path("awards/<int:pk>/not-given/", views.award_not_given, name="award-not-given"),
    path(
        "programmes/<int:programme_id>/awards/scheme/",
        scheme_views.award_rules,
        name="award-rules",
    ),
    path(
        "programmes/<int:programme_id>/awards/scheme/ready/",
        scheme_views.award_rules_ready,
        name="award-rules-ready",
    ),
    path(
        "programmes/<int:programme_id>/awards/scheme/new/",
        scheme_views.award_rule_new,
        name="award-rule-new",
    ),
    path("awards/scheme/<int:pk>/", scheme_views.award_rule_edit, name="award-rule-edit"),
    path(
        "awards/scheme/<int:pk>/remove/", scheme_views.award_rule_remove, name="award-rule-remove"
    ),
    path(
        "programmes/<int:programme_id>/awards/letters/<str:letter>/",
        scheme_views.letter_text,
        name="letter-text",
    ),
]
