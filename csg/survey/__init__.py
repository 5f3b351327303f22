"""Other people's formats to records and back: survey exports."""
