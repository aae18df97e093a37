package io.kandjietl.simulator;

import io.kandjietl.simulator.Lifeline.Stage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Finds listed devices by their place in the list. Counts are kept by blocks of slots for as long as they hold: of a million
 * devices one comes or goes every few seconds, so nearly all of them hold from one request to the next. What is kept changes
 * no answer, only its speed. Thread-safe.
 */
final class Presence {

    private final Lifeline lifeline;
    private final AtomicReferenceArray<@Nullable Count> blocks;
    private volatile @Nullable Census latest;

    Presence(Lifeline lifeline) {
        this.lifeline = lifeline;
        this.blocks = new AtomicReferenceArray<>(Math.ceilDiv(lifeline.slots(), Census.BLOCK));
    }

    /** The census of a moment. */
    Census census(long moment) {
        Census known = latest;
        if (known != null && known.holdsAt(moment)) {
            return known;
        }
        long from = Long.MIN_VALUE;
        long until = Long.MAX_VALUE;
        int[] before = new int[blocks.length() + 1];
        for (int block = 0; block < blocks.length(); block++) {
            Count count = count(block, moment);
            from = Math.max(from, count.from);
            until = Math.min(until, count.until);
            before[block + 1] = before[block] + count.listed;
        }
        Census census = new Census(from, until, before);
        latest = census;
        return census;
    }

    /** The slot of the n-th listed device of a census, n being smaller than its size. */
    int slotOf(Census census, int n, long moment) {
        int block = census.blockOf(n);
        int slot = block * Census.BLOCK;
        int place = census.before()[block];
        while (place < n || !lifeline.stage(slot, moment).listed()) {
            place += lifeline.stage(slot, moment).listed() ? 1 : 0;
            slot++;
        }
        return slot;
    }

    private Count count(int block, long moment) {
        Count known = blocks.get(block);
        if (known != null && known.from <= moment && moment < known.until) {
            return known;
        }
        Count count = counted(block, moment);
        blocks.set(block, count);
        return count;
    }

    private Count counted(int block, long moment) {
        long from = Long.MIN_VALUE;
        long until = Long.MAX_VALUE;
        int listed = 0;
        int end = Math.min((block + 1) * Census.BLOCK, lifeline.slots());
        for (int slot = block * Census.BLOCK; slot < end; slot++) {
            Stage stage = lifeline.stage(slot, moment);
            listed += stage.listed() ? 1 : 0;
            if (!lifeline.frozen()) {
                from = Math.max(from, lifeline.startOf(stage, stage.listed() ? 0 : Lifeline.ABSENCE_STEP));
                until = Math.min(
                        until, lifeline.startOf(stage, stage.listed() ? Lifeline.ABSENCE_STEP : Lifeline.STEPS));
            }
        }
        return new Count(from, until, listed);
    }

    private record Count(long from, long until, int listed) {}
}
