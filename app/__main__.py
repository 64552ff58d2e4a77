"""`parcometre` opens the window; `parcometre COMMANDE` runs one command without it."""

import gc
import sys
from collections.abc import Sequence

gc.disable()  # until the first frame: nothing is freed while the program starts (speed.md 1a)

READER = "--lire-pour-import"  # worker.ARGUMENT, written again to import nothing
WINDOWED = {"autotest", "demonstration"}


def main(argv: Sequence[str] | None = None) -> int:
    words = sys.argv[1:] if argv is None else argv
    if words[:1] == [READER]:
        from app.services.reading import worker  # noqa: PLC0415 - the child that reads files to import starts fast

        return worker.main()
    if not words:
        from app.ui import app as window  # noqa: PLC0415 - nothing but what the first frame needs

        return window.open_window()
    from app import cli  # noqa: PLC0415 - the collector is off first

    args = cli.parser().parse_args(words)
    if args.commande is not None and args.commande not in WINDOWED:
        gc.enable()
        return cli.run(args)
    from app.ui import app as window  # noqa: PLC0415 - a command needs no window

    if args.commande is None:
        return window.open_window(args.base)
    return window.run_without_screen(args)


if __name__ == "__main__":
    sys.exit(main())
