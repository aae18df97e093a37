select ctid::text as row, device_id, device_name, asset_tag, blueprint_name, array_to_json(tags)::text as tags
from kandji.device_history
where tenant = :tenant
