from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Документы"

    def ready(self) -> None:
        from documents.registry import triggers

        pre_migrate.connect(triggers.lift, sender=self)
        post_migrate.connect(triggers.install, sender=self)
