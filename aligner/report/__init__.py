"""A comparison shown to a reader: on the terminal, as a page, in Word, in Markdown, as JSON."""
