"""What is timed: one law a group of files, one variant a file. Files of peers import nothing of stcsim."""
