"""Files that come in and papers that go out; no tables, no knowledge of what is written in them."""
