delete from kandji.device_history
where tenant = :tenant and device_id > :after and device_id <= :upTo and valid_to <= :before
