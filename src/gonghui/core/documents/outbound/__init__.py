"""Papers that go out: Word in the official layout, sheets, PDF, calendars, and their download."""
