package io.kandjietl.job;

import io.kandjietl.kandji.DetailsAnswer;
import io.kandjietl.kandji.DetailsStop;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * What a run did about active devices that its listing does not show.
 *
 * @param absent how many there were
 * @param wanted how many of them were worth a look-up
 * @param asked how many were looked up, in vain or not
 * @param there for how many of these the tenant answered
 * @param stop why not all of those that were chosen were looked up; null when they were
 */
public record AbsenceReport(
        long absent,
        long wanted,
        long asked,
        long there,
        @Nullable DetailsStop stop) {

    static final AbsenceReport NONE = new AbsenceReport(0, 0, 0, 0, null);

    private static final String ABSENT = "kandji.absences.absent";
    private static final String WANTED = "kandji.absences.wanted";
    private static final String ASKED = "kandji.absences.asked";
    private static final String THERE = "kandji.absences.there";
    private static final String STOP = "kandji.absences.stop";

    /** How many wait for the next slot. */
    public long waiting() {
        return wanted - asked;
    }

    AbsenceReport plus(DetailsAnswer answer) {
        return new AbsenceReport(
                absent, wanted, asked + 1, there + (answer instanceof DetailsAnswer.Answered ? 1 : 0), stop);
    }

    AbsenceReport stoppedBy(@Nullable DetailsStop why) {
        return new AbsenceReport(absent, wanted, asked, there, why);
    }

    static AbsenceReport of(ExecutionContext context) {
        return new AbsenceReport(
                ContextValues.number(context, ABSENT),
                ContextValues.number(context, WANTED),
                ContextValues.number(context, ASKED),
                ContextValues.number(context, THERE),
                ContextValues.stop(context, STOP));
    }

    void putInto(ExecutionContext context) {
        context.putLong(ABSENT, absent);
        context.putLong(WANTED, wanted);
        context.putLong(ASKED, asked);
        context.putLong(THERE, there);
        context.putString(STOP, stop == null ? "" : stop.name());
    }
}
