from django.urls import path

from pairs.routes import list_views, pair_views, ready_views, views

urlpatterns = [
    path("programmes/<int:programme_id>/routes/", list_views.route_list, name="route-list"),
    path(
        "programmes/<int:programme_id>/routes/approve/",
        list_views.route_approve_many,
        name="route-approve-many",
    ),
    path(
        "programmes/<int:programme_id>/routes/list.xlsx",
        list_views.route_export,
        name="route-export",
    ),
    path("programmes/<int:programme_id>/formats/", pair_views.pair_formats, name="pair-formats"),
    path("pairs/<int:pk>/format/", pair_views.pair_format, name="pair-format"),
    path("pairs/<int:pk>/strengths/<int:person_id>/", pair_views.strengths, name="pair-strengths"),
    path("pairs/<int:pk>/routes/new/", views.route_new, name="pair-route-new"),
    path("routes/<int:pk>/", views.route, name="route"),
    path("routes/<int:pk>/edit/", views.route_edit, name="route-edit"),
    path("routes/<int:pk>/send/", views.route_send, name="route-send"),
    path("routes/<int:pk>/take-back/", views.route_take_back, name="route-take-back"),
    path("routes/<int:pk>/approve/", views.route_approve, name="route-approve"),
    path("routes/<int:pk>/return/", views.route_return, name="route-return"),
    path("routes/<int:pk>/copy/", views.route_copy, name="route-copy"),
    path("routes/<int:pk>/close/", views.route_close, name="route-close"),
    path("routes/<int:pk>/reopen/", views.route_reopen, name="route-reopen"),
    path("routes/<int:pk>/steps/new/", views.step_new, name="route-step-new"),
    path("routes/<int:pk>/goals/new/", views.goal_new, name="route-goal-new"),
    path("route-steps/<int:pk>/", views.step_edit, name="step-edit"),
    path("route-steps/<int:pk>/done/", views.step_done, name="step-done"),
    path("route-steps/<int:pk>/drop/", views.step_drop, name="step-drop"),
    path("route-steps/<int:pk>/reopen/", views.step_reopen, name="step-reopen"),
    path("route-steps/<int:pk>/remove/", views.step_remove, name="step-remove"),
    path("route-goals/<int:pk>/", views.goal_edit, name="goal-edit"),
    path("route-goals/<int:pk>/result/", views.goal_result, name="goal-result"),
    path("route-goals/<int:pk>/remove/", views.goal_remove, name="goal-remove"),
    path("settings/routes/", ready_views.ready_list, name="ready-route-list"),
    path("settings/routes/take/", ready_views.ready_take, name="ready-route-take"),
    path("settings/routes/new/", ready_views.ready_new, name="ready-route-new"),
    path("settings/routes/<int:pk>/", ready_views.ready_edit, name="ready-route-edit"),
]
