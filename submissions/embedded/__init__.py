"""What an office file may hold beside its own XML, read as words: web pages, RTF, drawings. Pure."""
