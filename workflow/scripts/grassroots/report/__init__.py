"""The page: numbers as text, tables, texts in two languages, chapters. It computes nothing."""
