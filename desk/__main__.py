"""The console script: whoever presses Ctrl-C while the program is still loading is answered too."""

import sys


def main() -> None:
    """Load the commands and run the one that is asked for."""
    try:
        from desk.cli import run  # noqa: PLC0415 — it takes a second to load, and Ctrl-C may come within it

        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
