"""What a reviewer needs: every number by name, where it comes from, and whether it still holds."""
