"""The portal's settings, with a data folder of the test run's own and quick passwords."""

import os
import tempfile

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="portal-tests-")

from mentorship_portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS += ["testserver"]  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
