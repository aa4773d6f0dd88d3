"""What a video is and what may happen to it: standard library only, no I/O, no clock."""
