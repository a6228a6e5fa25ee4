"""A snapshot in the words and groups a page shows. Pure: plain data in, plain data out."""
