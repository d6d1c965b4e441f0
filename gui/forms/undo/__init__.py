"""What an edit has changed in the experiment, kept so that it can be taken back and made again."""
