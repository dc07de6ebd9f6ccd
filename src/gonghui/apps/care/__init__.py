"""The register of workers in hardship, and dismissals told to the union; aid is a later part."""
