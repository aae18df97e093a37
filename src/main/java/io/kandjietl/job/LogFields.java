package io.kandjietl.job;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * What every structured log line says beside its message: tenant, slot, run and step, as far as they are known. They are the
 * process's and not a thread's, as a process is at work on one run: so the heartbeat's lines and those of requests side by
 * side have them too. Spring Boot makes it, by the property {@code logging.structured.json.customizer}.
 */
public final class LogFields implements StructuredLoggingJsonMembersCustomizer<Object> {

    private static volatile Fields fields = Fields.NONE;

    /** As Spring Boot makes it. */
    public LogFields() {}

    /** Of a process, or of another command within it: what was known before is forgotten. */
    static void begin(String tenant) {
        fields = new Fields(tenant, null, null, null);
    }

    static void slot(Slot slot) {
        fields = new Fields(fields.tenant, slot.toString(), null, null);
    }

    static void run(long runId) {
        fields = new Fields(fields.tenant, fields.slot, runId, null);
    }

    static void step(@Nullable String step) {
        fields = new Fields(fields.tenant, fields.slot, fields.run, step);
    }

    @Override
    public void customize(Members<Object> members) {
        members.add("tenant", event -> fields.tenant).whenNotNull();
        members.add("slot", event -> fields.slot).whenNotNull();
        members.add("run", event -> fields.run).whenNotNull();
        members.add("step", event -> fields.step).whenNotNull();
    }

    private record Fields(
            @Nullable String tenant,
            @Nullable String slot,
            @Nullable Long run,
            @Nullable String step) {

        private static final Fields NONE = new Fields(null, null, null, null);
    }
}
