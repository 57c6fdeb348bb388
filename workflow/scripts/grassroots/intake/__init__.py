"""Intake: from a raw export to the mapped answers; nothing that is not mapped gets through."""
