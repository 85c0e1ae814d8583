"""What people and programs get to see of a finished run. Nothing here prints or touches a file."""
