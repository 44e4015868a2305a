"""What happens when a timer is due, one file a feature; `timetable.py` lists them."""
