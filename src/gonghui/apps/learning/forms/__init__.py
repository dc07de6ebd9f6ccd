"""What is filled in about study rules, what excuses, terms and slogans."""
