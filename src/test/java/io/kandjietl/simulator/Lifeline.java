package io.kandjietl.simulator;

import io.kandjietl.simulator.Draw.Trait;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something happens to each slot of a fleet. A slot holds one device after another. A life has {@value #STEPS} steps
 * of 66 hours; each begins with one change, the first with the device's enrolment, and in the last the device is gone.
 * The steps of different slots begin at evenly spread moments, so the whole fleet changes at an even rate: in two hours 3 %
 * of the devices take a step.
 *
 * <p>Pure and thread-safe. Moments are in milliseconds of the fleet's own time, which is the clock's times the pace.
 */
final class Lifeline {

    /** What a step begins with. */
    enum Change {
        ENROLMENT,
        OS,
        AGENT,
        BLUEPRINT,
        TAGS,
        NAME,
        OWNER,
        REMOVAL,
        ABSENCE
    }

    static final int STEPS = 40;
    static final int REMOVAL_STEP = STEPS - 2;
    static final int ABSENCE_STEP = STEPS - 1;

    private static final long STEP_LENGTH = Duration.ofHours(66).toMillis();
    private static final Change[] CYCLE = cycle();
    private static final int[][] COUNTS = counts();

    private final int slots;
    private final int pace;
    private final @Nullable Instant frozenAt;
    private final long seed;
    private final Spread phases;
    private final Spread rotations;

    Lifeline(int size, int pace, @Nullable Instant frozenAt, long seed) {
        // One step in forty is spent away: that many slots more keep the list at its size.
        this.slots = frozenAt == null ? Math.max(size, Math.ceilDiv(size * STEPS, STEPS - 1)) : size;
        this.pace = pace;
        this.frozenAt = frozenAt;
        this.seed = seed;
        this.phases = Spread.of(slots, 0.7548776662, seed);
        this.rotations = Spread.of(slots, 0.5698402909, new Draw(seed).number(Trait.CYCLE));
    }

    int slots() {
        return slots;
    }

    /** The fleet's own time at an instant. */
    long moment(Instant at) {
        return (frozenAt == null ? at : frozenAt).toEpochMilli() * pace;
    }

    Instant instant(long moment) {
        return Instant.ofEpochMilli(Math.floorDiv(moment, pace));
    }

    /** Where a slot stands. */
    Stage stage(int slot, long moment) {
        long steps = Math.floorDiv(moment + phase(slot), STEP_LENGTH) + rotation(slot);
        int step = Math.floorMod(steps, STEPS);
        return new Stage(
                slot, Math.floorDiv(steps, (long) STEPS), frozenAt == null ? step : Math.min(step, REMOVAL_STEP));
    }

    /** When a step of a slot's life begins; the step may be {@link #STEPS}: then the next life begins. */
    long startOf(Stage stage, int step) {
        return (stage.life() * STEPS + step - rotation(stage.slot())) * STEP_LENGTH - phase(stage.slot());
    }

    /** Whether the picture of a fleet never changes. */
    boolean frozen() {
        return frozenAt != null;
    }

    /** The device that holds a slot: one device, or one that returns once for a second life under the same id. */
    Draw device(Stage stage) {
        Draw slot = new Draw(seed).part(stage.slot());
        return slot.part(returns(slot) ? Math.floorDiv(stage.life() + turn(slot), 2L) : stage.life());
    }

    /** The device's first life: an earlier one for a device that has returned. */
    Stage firstLife(Stage stage) {
        Draw slot = new Draw(seed).part(stage.slot());
        boolean second = returns(slot) && Math.floorMod(stage.life() + turn(slot), 2) == 1;
        return second ? new Stage(stage.slot(), stage.life() - 1, 0) : stage;
    }

    /** How many changes of a kind the device has seen up to a step, over both lives of one that has returned. */
    int count(Change change, Stage stage, int step) {
        int before = firstLife(stage) == stage ? 0 : COUNTS[change.ordinal()][STEPS - 1];
        return before + COUNTS[change.ordinal()][step];
    }

    private long phase(int slot) {
        return phases.of(slot) * STEP_LENGTH / slots;
    }

    private int rotation(int slot) {
        return rotations.of(slot) % STEPS;
    }

    private static boolean returns(Draw slot) {
        return slot.perMille(Trait.RETURNS, 250);
    }

    /** Which lives of a slot whose devices return are their second: the odd or the even ones. */
    private static int turn(Draw slot) {
        return slot.below(Trait.ID, 2);
    }

    /** More than half of the changes are updates of the system or the agent; owners come next, then all else. */
    private static Change[] cycle() {
        Change[] cycle = new Change[STEPS];
        for (int step = 0; step < STEPS; step++) {
            cycle[step] = step % 3 == 1 ? Change.OS : step % 3 == 2 ? Change.AGENT : Change.OWNER;
        }
        cycle[0] = Change.ENROLMENT;
        cycle[9] = Change.TAGS;
        cycle[21] = Change.NAME;
        cycle[27] = Change.TAGS;
        cycle[13] = Change.BLUEPRINT;
        cycle[31] = Change.BLUEPRINT;
        cycle[REMOVAL_STEP] = Change.REMOVAL;
        cycle[ABSENCE_STEP] = Change.ABSENCE;
        return cycle;
    }

    private static int[][] counts() {
        int[][] counts = new int[Change.values().length][STEPS];
        for (Change change : Change.values()) {
            int count = 0;
            for (int step = 0; step < STEPS; step++) {
                count += CYCLE[step] == change ? 1 : 0;
                counts[change.ordinal()][step] = count;
            }
        }
        return counts;
    }

    /**
     * Where a slot stands.
     *
     * @param life which life of the slot
     * @param step which step of that life
     */
    record Stage(int slot, long life, int step) {

        boolean listed() {
            return step != ABSENCE_STEP;
        }
    }
}
