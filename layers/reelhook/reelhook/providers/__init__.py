"""The video providers: their models as data and their answers, parsed from bytes."""
