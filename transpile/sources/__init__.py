"""Texts to read: files, folders and archives, and where in them something stands."""
