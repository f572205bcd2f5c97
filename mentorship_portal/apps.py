from django.apps import AppConfig


class MentorshipPortalConfig(AppConfig):
    name = "mentorship_portal"
    verbose_name = "Портал"
