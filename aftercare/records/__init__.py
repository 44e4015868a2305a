"""What is kept, one file a table: the model beside the statements that read and write it."""
