"""Pegasus: the weekly motivation programme of an office, from roster to signed report."""
