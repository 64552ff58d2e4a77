"""What sort of file may hold a form, told by its first bytes: cheap enough for the window's process."""

_PICTURES = ((b"\x89PNG\r\n\x1a\n", 0), (b"\xff\xd8\xff", 0), (b"II*\0", 0), (b"MM\0*", 0), (b"WEBP", 8))
_HEIC = {b"heic", b"heix", b"mif1", b"heif", b"hevc"}
HEAD = 1024


def sort_of(head: bytes) -> str:
    """« pdf », « picture », « heic », or nothing, by the first bytes of a file."""
    if b"%PDF-" in head[:HEAD]:
        return "pdf"
    if any(head[at : at + len(mark)] == mark for mark, at in _PICTURES):
        return "picture"
    return "heic" if head[4:8] == b"ftyp" and head[8:12] in _HEIC else ""
