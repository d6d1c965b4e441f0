"""The comparison as pictures, tables and a report, copied or saved."""
