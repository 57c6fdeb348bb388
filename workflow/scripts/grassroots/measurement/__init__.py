"""Measurement: reliability, item analysis, factorability, validity and distribution of scales."""
