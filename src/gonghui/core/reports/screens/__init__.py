"""The officer's pages of reports, comparisons, codes, texts and the wall."""
