"""The way from the corpus to the bundled model; run by the project, not by its users."""
