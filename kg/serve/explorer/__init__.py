"""The pages of the site, live: by the same renderers, of what is asked for, as of any day."""
