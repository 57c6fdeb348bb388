"""What surrounds a job: its log, its code digest, its seed, tables on disk, the run lock."""
