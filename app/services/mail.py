"""A draft e-mail as a file that the usual mail program opens, ready to be sent: nothing leaves without the user."""

from collections.abc import Sequence
from email.message import EmailMessage
from mimetypes import guess_type

UNKNOWN = "application/octet-stream"


def draft(subject: str, body: str, to: str = "", papers: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """RFC 5322 text; `papers` are (file name, bytes). « X-Unsent » makes mail programs open it for writing."""
    message = EmailMessage()
    message["Subject"] = subject
    message["To"] = to
    message["X-Unsent"] = "1"
    message.set_content(body)
    for name, content in papers:
        maintype, _, subtype = (guess_type(name)[0] or UNKNOWN).partition("/")
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return message.as_bytes()
