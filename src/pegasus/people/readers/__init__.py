"""What decodes lists from outside: workbooks and calendars. It runs behind the gate, so nothing here knows Django."""
