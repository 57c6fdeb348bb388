"""What a study is made of: configuration, protocol, instruments, codebook, claims; their faults."""
