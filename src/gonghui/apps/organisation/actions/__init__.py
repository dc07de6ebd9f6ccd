"""What happens to bodies (``bodies``), and to people, their posts and accounts (``people``)."""
