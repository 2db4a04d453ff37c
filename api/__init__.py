"""What is answered to programs: the data interface and the files of releases."""
