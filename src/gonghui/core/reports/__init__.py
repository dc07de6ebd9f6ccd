"""Reports that speak in figures: composed once, shown, written to Word, each figure with a code."""
