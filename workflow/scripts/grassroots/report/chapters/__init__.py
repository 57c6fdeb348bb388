"""The chapters of the page, one module a stage, in the order of the stages."""
