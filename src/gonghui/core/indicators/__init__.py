"""What is counted: indicators declared beside the records, and the figures made of them."""
