package io.kandjietl.job;

import io.kandjietl.kandji.DetailsStop;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * What a run did about details.
 *
 * @param wanted how many devices' details were worth a request
 * @param asked how many of them were asked for, in vain or not
 * @param stop why not all of those that were chosen were asked for; null when they were
 */
public record DetailsReport(
        long wanted, long asked, @Nullable DetailsStop stop) {

    private static final String WANTED = "kandji.details.wanted";
    private static final String ASKED = "kandji.details.asked";
    private static final String STOP = "kandji.details.stop";

    /** How many wait for the next slot. */
    public long waiting() {
        return wanted - asked;
    }

    /** Why they wait, in words for a person. */
    public String why() {
        return stop == null ? "a run asks for no more" : stop.words();
    }

    static DetailsReport of(ExecutionContext context) {
        return new DetailsReport(
                ContextValues.number(context, WANTED),
                ContextValues.number(context, ASKED),
                ContextValues.stop(context, STOP));
    }

    void putInto(ExecutionContext context) {
        context.putLong(WANTED, wanted);
        context.putLong(ASKED, asked);
        context.putString(STOP, stop == null ? "" : stop.name());
    }
}
