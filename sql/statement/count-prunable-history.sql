select
    (
        select count(*) from kandji.device_history where tenant = :tenant and valid_to <= :before
    ) as device_periods,
    (
        select count(*) from kandji.device_assignment where tenant = :tenant and valid_to <= :before
    ) as assignment_periods
