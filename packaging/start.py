"""The packaged program starts here, as `python -m app` does."""

import sys

from app.__main__ import main

sys.exit(main())
