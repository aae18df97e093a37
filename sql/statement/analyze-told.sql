analyze told
