"""What forms are made of: fields, numbers as text, rows that come and go."""
