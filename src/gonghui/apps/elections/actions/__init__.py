"""What happens to terms and elections: planned, stepped forward, counted, seated; who leaves."""
