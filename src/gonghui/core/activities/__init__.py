"""Everything people attend: an activity, its sessions, its series, and what it holds for them."""
