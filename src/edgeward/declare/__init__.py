"""From files to `Site` and `Catalog`: load, validate, resolve, bind. Errors are values here."""
