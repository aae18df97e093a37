package io.kandjietl.job;

import io.kandjietl.kandji.DetailsStop;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** What stands in a step's context, read back. */
final class ContextValues {

    private ContextValues() {}

    /** Some serializers give a small long back as an integer. */
    static long number(ExecutionContext context, String key) {
        return context.get(key) instanceof Number number ? number.longValue() : 0;
    }

    static @Nullable DetailsStop stop(ExecutionContext context, String key) {
        String name = context.getString(key, "");
        return name.isEmpty() ? null : DetailsStop.valueOf(name);
    }
}
