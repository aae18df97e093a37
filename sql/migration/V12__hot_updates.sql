-- Each slot updates every listed device: when it was last seen, and when it checked in. Half of each page is left free for the new
-- versions: so the indexes need not be touched, and the next slot uses the room of the old ones. Rows that are there already
-- get there with the next slots.
alter table kandji.device set (fillfactor = 45);
