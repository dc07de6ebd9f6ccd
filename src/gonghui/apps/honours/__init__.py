"""Honours people were granted from outside: model workers, medals, by whom, on what paper."""
