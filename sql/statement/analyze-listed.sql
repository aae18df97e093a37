analyze listed
