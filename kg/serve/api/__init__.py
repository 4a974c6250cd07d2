"""The JSON API: what the command line answers, over HTTP, and its description."""
