delete from kandji.device_assignment
where tenant = :tenant and device_id > :after and device_id <= :upTo and valid_to <= :before
