-- Which versions of which operating system are in use?
select platform, os_version, count(*) as devices
from kandji.device
where status = 'active'
group by platform, os_version
order by platform, devices desc, os_version
