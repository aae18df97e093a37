package io.kandjietl.bench;

import io.kandjietl.warehouse.Run;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stages slots by SQL: the first from a listing that is kept in the schema {@code listing}, each later one from what the
 * warehouse holds.
 */
final class SlotStaging {

    private static final String FIRST_DEVICES = "insert into kandji.staged_device select * from listing.device";
    private static final String FIRST_USERS = "insert into kandji.staged_assignment select * from listing.assignment";

    private static final String FIRST_DETAILS = """
            insert into kandji.staged_details (
                run_id, position, device_id, tried_at, as_of, has_hardware, has_mdm, has_filevault, has_accounts,
                udid, model_identifier, is_supervised, filevault_enabled, verdict)
            select
                :run, position + 1, device_id, :slot, :slot, true, true, true, platform = 'Mac',
                upper(cast(md5(device_id) as uuid)::text), case when platform = 'Mac' then 'Mac14,2' else 'iPhone15,2' end,
                true, case when platform = 'Mac' then true end, 'there'
            from listing.device
            where is_removed is not true
            """;

    private static final String FIRST_ACCOUNTS = """
            insert into kandji.staged_assignment (
                run_id, position, device_id, access_type, assignee_key, user_name, username, is_admin)
            select
                :run, position + 1, device_id, 'local_account', 'user-' || left(md5(device_id), 8),
                'User ' || left(md5(device_id), 8), 'user-' || left(md5(device_id), 8), true
            from listing.device
            where is_removed is not true and platform = 'Mac'
            """;

    private static final String DEVICES = """
            insert into kandji.staged_device (
                run_id, position, device_id, device_name, serial_number, platform, model, os_version, os_build,
                os_version_extra, asset_tag, blueprint_id, blueprint_name, agent_version, mdm_enabled, agent_installed,
                is_missing, is_removed, lost_mode_status, tags, first_enrolled_at, last_enrolled_at, last_check_in, extra)
            select
                :run, position, device_id, device_name, serial_number, platform, model,
                case when position % nullif(:every, 0) = :run % nullif(:every, 0) then :version else os_version end,
                os_build, os_version_extra, asset_tag, blueprint_id, blueprint_name, agent_version, mdm_enabled,
                agent_installed, is_missing, is_removed, lost_mode_status, tags, first_enrolled_at, last_enrolled_at,
                last_check_in + interval '2 hours', extra
            from (
                select row_number() over (order by device_id) - 1 as position, device.*
                from kandji.device device
                where tenant = :tenant
            ) known
            order by position
            """;

    private static final String USERS = """
            insert into kandji.staged_assignment (
                run_id, position, device_id, access_type, assignee_key, user_id, user_email, user_name, user_is_archived)
            select
                :run, position, device_id, 'assigned_user', coalesce(new_id, assignee_key), coalesce(new_id, user_id),
                coalesce(new_id || '@example.com', user_email), user_name, user_is_archived
            from (
                select
                    assignment.*, staged.position,
                    case
                        when staged.os_version = :version and staged.position / nullif(:every, 0) % 2 = 0
                        then cast(md5(assignment.device_id || :version) as uuid)::text
                    end as new_id
                from kandji.device_assignment assignment
                join kandji.staged_device staged
                    on staged.run_id = :run and staged.device_id = assignment.device_id
                where assignment.tenant = :tenant
                  and assignment.access_type = 'assigned_user'
                  and assignment.valid_to is null
            ) known
            order by position
            """;

    private static final String DETAILS = """
            insert into kandji.staged_details (
                run_id, position, device_id, tried_at, as_of, has_hardware, has_mdm, has_filevault, has_accounts,
                udid, model_identifier, is_supervised, filevault_enabled, verdict)
            select
                :run, staged.position + 1, device_id, :slot, :slot, true, true, true, known.platform = 'Mac',
                udid, model_identifier, is_supervised, filevault_enabled, 'there'
            from kandji.staged_device staged
            join kandji.device known using (device_id)
            where staged.run_id = :run
              and staged.position % :detailsEvery = :run % :detailsEvery
              and known.tenant = :tenant
              and known.status = 'active'
            """;

    private static final String ACCOUNTS = """
            insert into kandji.staged_assignment (
                run_id, position, device_id, access_type, assignee_key, user_name, username, is_admin)
            select :run, staged.position, device_id, access_type, assignee_key, user_name, username, is_admin
            from kandji.device_assignment assignment
            join kandji.staged_details staged using (device_id)
            where staged.run_id = :run
              and assignment.tenant = :tenant
              and assignment.access_type = 'local_account'
              and assignment.valid_to is null
            """;

    private static final String ANALYZE = "analyze kandji.device, kandji.device_assignment,"
            + " kandji.staged_device, kandji.staged_assignment, kandji.staged_details";

    private final JdbcClient jdbc;
    private final int detailsEvery;

    /**
     * Prepares the staging.
     *
     * @param detailsEvery of so many devices one's details come with a later slot
     */
    SlotStaging(JdbcClient jdbc, int detailsEvery) {
        this.jdbc = jdbc;
        this.detailsEvery = detailsEvery;
    }

    /** Keeps the listing that is staged, and empties staging. */
    void keepListing() {
        jdbc.sql("create schema listing").update();
        jdbc.sql("create table listing.device with (autovacuum_enabled = false) as table kandji.staged_device")
                .update();
        jdbc.sql("create table listing.assignment with (autovacuum_enabled = false) as table kandji.staged_assignment")
                .update();
        jdbc.sql("truncate kandji.staged_device, kandji.staged_assignment").update();
    }

    /** Stages the listing that was kept, under the run that it was listed in, with details of all devices. */
    void first(Run run) {
        for (String statement : List.of(FIRST_DEVICES, FIRST_USERS, FIRST_DETAILS, FIRST_ACCOUNTS)) {
            stage(statement, run, 0);
        }
    }

    /**
     * Stages the warehouse's devices.
     *
     * @param every of so many devices one is changed; 0 for none
     * @return how many are changed
     */
    long next(Run run, int every) {
        for (String statement : List.of(DEVICES, USERS, DETAILS, ACCOUNTS)) {
            stage(statement, run, every);
        }
        return jdbc.sql("select count(*) from kandji.staged_device where os_version = :version")
                .param("version", version(run))
                .query(Long.class)
                .single();
    }

    private static String version(Run run) {
        return "99." + run.runId();
    }

    private void stage(String statement, Run run, int every) {
        // It joins what was filled a moment ago: without statistics by a nested loop.
        jdbc.sql(ANALYZE).update();
        jdbc.sql(statement)
                .param("run", run.runId())
                .param("tenant", run.tenant())
                .param("slot", run.slot().atOffset(ZoneOffset.UTC))
                .param("every", every)
                .param("version", version(run))
                .param("detailsEvery", detailsEvery)
                .update();
    }
}
