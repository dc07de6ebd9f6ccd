"""When things are on: calendars of bodies and members, occasions to come, what is on nearby."""
