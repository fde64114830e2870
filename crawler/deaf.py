"""Imported first by the fork server: Ctrl-C in a terminal reaches it too, and is for the run to answer, not for it."""

import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)
