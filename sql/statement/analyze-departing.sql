analyze departing
