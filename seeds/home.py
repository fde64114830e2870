"""Where the program may write besides the database: one private folder, moved by GONGWEN_HOME."""

import os
from pathlib import Path

from platformdirs import user_cache_path


def home() -> Path:
    """The folder, made if it is missing, readable by its owner only.

    A shared temporary folder would let others plant a dictionary cache that jieba loads by marshal.
    """
    folder = Path(os.environ.get("GONGWEN_HOME") or user_cache_path("gongwen"))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        remedy = f"{error.strerror}; set GONGWEN_HOME to a folder that can be written"
        raise OSError(error.errno, remedy, str(folder)) from error
    return folder
