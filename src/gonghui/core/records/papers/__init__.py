"""Papers that are written out of records: certificates and the draft of a brief."""
