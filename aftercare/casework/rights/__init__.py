"""What people may ask of us: to see, to take along, to have erased, and what the law says."""
