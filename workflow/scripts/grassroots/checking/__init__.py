"""Checking: everything that is wrong or unsure in the study's files, told before anything runs."""
