"""Papers that go out: Word in the official layout, PDF, calendars, and their download."""
