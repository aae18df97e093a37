select ctid::text as row, device_id, device_name, asset_tag, blueprint_name, array_to_json(tags)::text as tags, extra::text as extra
from kandji.device
where tenant = :tenant
