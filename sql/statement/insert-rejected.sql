-- A restart reads a page again: a record that was rejected before is told as it came last.
insert into kandji.rejected_record (
    run_id, tenant, slot, source, device_id, source_offset, reason, json_pointer, payload, rejected_at
) values (
    :runId, :tenant, :slot, :source, :deviceId, :sourceOffset, :reason, :jsonPointer, :payload, :rejectedAt
)
on conflict (run_id, source, coalesce(device_id, 'at ' || source_offset)) do update set
    reason = excluded.reason,
    json_pointer = excluded.json_pointer,
    payload = excluded.payload,
    rejected_at = excluded.rejected_at
