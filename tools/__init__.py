"""What prepares the program: set-up, front-end files, the offline bundle. Nothing here draws or measures.

It runs before anything is installed, so it uses the standard library alone.
"""

import sys

if not (3, 11) <= sys.version_info[:2] <= (3, 14):  # before any import that an older Python lacks
    sys.exit(
        "Cần Python 3.11 – 3.14; máy đang dùng {}.{}. Chọn bản khác: make PYTHON=python3.12 run".format(
            *sys.version_info
        )
    )
