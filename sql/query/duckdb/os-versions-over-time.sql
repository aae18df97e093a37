-- Which versions of which operating system were in use at the end of each month? Reads the last snapshot of each month.
-- A month without a snapshot of its own is left out.
set variable devices = (
    select list(file_of('devices', files))
    from (select arg_max(files, slot) as files from manifest group by tenant, date_trunc('month', slot))
);
select strftime(known.slot, '%Y-%m') as month, known.platform, known.os_version, count(*) as devices
from read_parquet(getvariable('devices'), hive_partitioning = true) known
where known.status = 'active'
group by all
order by month, known.platform, devices desc, known.os_version;
