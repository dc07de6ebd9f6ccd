"""Plain parts of the archive: book numbers, sorts of piece, copies that meet; no Django."""
