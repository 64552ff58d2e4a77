"""A draft e-mail as a file that the usual mail program opens, ready to be sent: nothing leaves without the user."""

from collections.abc import Sequence
from email.message import EmailMessage

PDF = ("application", "pdf")


def draft(subject: str, body: str, to: str = "", papers: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """RFC 5322 text; `papers` are (file name, PDF bytes). « X-Unsent » makes mail programs open it for writing."""
    message = EmailMessage()
    message["Subject"] = subject
    message["To"] = to
    message["X-Unsent"] = "1"
    message.set_content(body)
    for name, content in papers:
        message.add_attachment(content, maintype=PDF[0], subtype=PDF[1], filename=name)
    return message.as_bytes()
