from django.urls import path

from programmes.school import accounts, rules_views, users

urlpatterns = [
    path("password/", accounts.change_password, name="password-change"),
    path("password/forgotten/", accounts.forgotten_password, name="password-forgotten"),
    path("l/form/", accounts.link_form, name="link-form"),
    path("l/<str:token>/", accounts.follow_link, name="link"),
    path("users/", users.user_list, name="user-list"),
    path("users/invite/", users.invite, name="user-invite"),
    path("users/invitations/<int:pk>/revoke/", users.revoke_invitation, name="invitation-revoke"),
    path("users/<int:pk>/", users.user_edit, name="user-edit"),
    path("users/<int:pk>/password/", users.user_password, name="user-password"),
    path("users/<int:pk>/activation/", users.user_activation, name="user-activation"),
    path("settings/", users.school_settings, name="school-settings"),
    path("settings/head/", users.head_change, name="head-change"),
    path("settings/forms/", users.form_settings, name="form-settings"),
    path("settings/rules/", rules_views.rules, name="rules"),
]
