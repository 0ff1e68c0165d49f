"""What a server of the dashboard takes, keeps and runs at most; asked before anything is read or parsed."""

from __future__ import annotations

from stcsim.scenario.reading import SIZE_LIMIT

UPLOAD_BYTES = SIZE_LIMIT
"""Largest scenario that may be uploaded or edited: the largest that the reader takes."""
MESSAGE_BYTES = 2 * SIZE_LIMIT + 65_536
"""Largest message from a browser: a scenario of that size in base64, and what stands around it."""
BODY_BYTES = 65_536
"""Largest body of a request; nothing is uploaded that way."""
OWN_SCENARIOS = 60
"""Scenarios of its own that a session keeps; the oldest makes room."""
OWN_SESSIONS = 500
"""Sessions that keep scenarios of their own; those of the session that was here first make room."""
WAITING_JOBS = 20
"""Jobs that wait for their turn, over all sessions."""
KEPT_RESULTS = 100
"""Finished jobs whose results are kept; those that nobody has asked for longest make room."""
SESSION_TABS = 20
"""Tabs of one browser."""
ALL_TABS = 200
"""Tabs of all browsers."""
ABSENT_SECONDS = 60.0
"""A session without any tab for so long no longer waits for the jobs that it asked for."""
IDLE_TAB = "30m"
"""A tab that has been gone so long is forgotten."""
