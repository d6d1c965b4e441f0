"""The window's process: forms, views and the link to the engine. torch is never imported here."""
