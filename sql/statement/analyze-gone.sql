analyze gone
