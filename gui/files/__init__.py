"""What stays: documents, drafts of what was typed, settings."""
