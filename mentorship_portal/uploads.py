"""What is refused before it is read."""

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

LIMIT_BYTES = 12 * 1024 * 1024


class SizeLimit(FileUploadHandler):
    """Stops reading a request whose files together exceed ``LIMIT_BYTES`` (SEC 09).

    Forms see no file then; they look at ``request.upload_too_large`` for the words.
    """

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > LIMIT_BYTES:
            self.request.upload_too_large = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
