-- As debit-requests grants them; all of the share where nobody asked for any in this hour.
select case
    when exists (select from kandji.request_block where tenant = :tenant and blocked_until > :now) then 0
    else coalesce(
        (
            select greatest(0, least(
                :share - requests_granted,
                requests_seen + remaining_hour - (limit_hour + 9) / 10 - requests_granted))
            from kandji.request_ledger
            where tenant = :tenant and hour = :hour
        ),
        :share)
end
