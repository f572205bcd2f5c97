"""Static files with a hash in their names, gzip beside them."""

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage without brotli, which makes the first start many times slower."""

    def create_compressor(self, **kwargs) -> Compressor:
        return super().create_compressor(**(kwargs | {"use_brotli": False}))
