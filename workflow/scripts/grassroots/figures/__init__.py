"""The figures of the page, one module each: they draw what the result tables hold."""
