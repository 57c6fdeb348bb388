"""A sentence for every test, to be copied into a manuscript: made from numbers, with no opinion.

Each module makes the sentences of one kind of result as a list of texts.
"""
