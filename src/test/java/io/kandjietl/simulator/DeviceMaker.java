package io.kandjietl.simulator;

import io.kandjietl.simulator.Draw.Trait;
import io.kandjietl.simulator.Lifeline.Change;
import io.kandjietl.simulator.Lifeline.Stage;
import io.kandjietl.simulator.Platform.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the device that holds a slot at an instant. Pure and thread-safe. */
final class DeviceMaker {

    /** From this step on a silent device is not heard of; after 33 days of it, the tenant says that it is missing. */
    private static final int SILENT_STEP = 10;

    private static final int MISSING_STEP = 22;
    private static final int HEARD_AGAIN_STEP = 35;

    private static final Duration CHECK_IN_EVERY = Duration.ofMinutes(15);
    private static final Duration SLOW_CHECK_IN_EVERY = Duration.ofHours(7);

    private static final int FIRST_AGENTS = 10;

    /** All versions that a Mac can come to have: it starts with one of the first and climbs for up to two lives. */
    private static final List<String> MAC_AGENTS = IntStream.range(0, FIRST_AGENTS + 2 * Lifeline.STEPS)
            .mapToObj(n -> "4.%d.%d (%d)".formatted(3 + n / 6, n % 6, 4800 + 37 * n))
            .toList();

    private static final List<List<String>> TAG_SETS = List.of(
            List.of(),
            List.of("pilot"),
            List.of(),
            List.of("loaner", "berlin"),
            List.of("vip"),
            List.of("byod"),
            List.of(),
            List.of("wave-2", "engineering", "Überwacht"));

    private final Lifeline lifeline;
    private final People people;
    private final SimulatedFleet.Options options;
    private final Spread badRanks;
    private final long idSpacing;

    DeviceMaker(Lifeline lifeline, SimulatedFleet.Options options) {
        this.lifeline = lifeline;
        this.options = options;
        this.people = new People(options.size() * 7 / 10, lifeline, options.seed());
        this.badRanks = Spread.of(lifeline.slots(), 0.3819660113, options.seed());
        this.idSpacing = (1L << 48) / Math.max(1, lifeline.slots());
    }

    /** The slot that a device of this id would hold. */
    int slotOf(long highIdBits) {
        return (int) Math.min(lifeline.slots() - 1L, (highIdBits >>> 16) / idSpacing);
    }

    SimulatedDevice device(Stage stage, Instant at) {
        Draw draw = lifeline.device(stage);
        Platform platform = platform(draw);
        Model model = draw.pick(Trait.MODEL, platform.models());
        int heardStep = silent(stage) ? Math.min(stage.step(), SILENT_STEP) : stage.step();
        OsVersion os = OsVersion.of(platform, draw.below(Trait.OS, 14) + lifeline.count(Change.OS, stage, heardStep));
        Blueprint blueprint = blueprint(draw, stage);
        Person owner = owner(draw, stage, at);
        boolean older = draw.perMille(Trait.OLDER_ROW, 30);
        boolean missing = silent(stage) && stage.step() >= MISSING_STEP && stage.step() < HEARD_AGAIN_STEP;
        Instant enrolled = enrolled(stage);
        return new SimulatedDevice(
                draw.key(),
                id(draw, stage.slot()),
                name(draw, platform, stage, at),
                serial(draw),
                platform.spelling(),
                model.name(),
                model.identifier(),
                os.version(),
                older ? null : os.build(),
                older ? null : os.extra(),
                lastCheckIn(draw, stage, enrolled, at),
                owner,
                draw.perMille(Trait.ASSET_TAG, 280) ? "AT-" + (10_000 + stage.slot()) : null,
                blueprint.id(),
                blueprint.name(),
                draw.perMille(Trait.MANAGED, 975),
                platform == Platform.MAC || platform == Platform.WINDOWS,
                missing,
                stage.step() == Lifeline.REMOVAL_STEP && shownAsRemoved(stage),
                agent(draw, platform, stage, heardStep),
                firstEnrollment(draw, stage),
                lastEnrollment(draw, enrolled),
                lostMode(draw, platform, missing, older),
                older ? null : tags(draw, platform, stage),
                older,
                bad(stage.slot()));
    }

    /** The id of the device that holds a slot, in lower case. */
    String plainId(Draw draw, int slot) {
        long head = slot * idSpacing + Math.floorMod(draw.number(Trait.ID), idSpacing);
        long rest = draw.number(Trait.ID_REST);
        return Draw.uuid((head << 16) | (rest & 0xFFF), draw.part(Trait.ID_REST).number(Trait.ID))
                .toString();
    }

    private String id(Draw draw, int slot) {
        String id = plainId(draw, slot);
        return draw.perMille(Trait.ID_CASE, 4) ? id.toUpperCase(Locale.ROOT) : id;
    }

    private Platform platform(Draw draw) {
        int rank = draw.below(Trait.PLATFORM, 1000);
        if (options.otherPlatforms() && draw.perMille(Trait.OTHER_PLATFORM, 120)) {
            return rank < 650 ? Platform.WINDOWS : Platform.ANDROID;
        }
        if (rank < 620) {
            return Platform.MAC;
        }
        if (rank < 820) {
            return Platform.IPHONE;
        }
        if (rank < 940) {
            return Platform.IPAD;
        }
        return rank < 995 ? Platform.APPLE_TV : Platform.VISION;
    }

    private String name(Draw draw, Platform platform, Stage stage, Instant at) {
        Draw naming = draw.part(Trait.NAME_STYLE).part(lifeline.count(Change.NAME, stage, stage.step()));
        int style = naming.below(Trait.NAME_STYLE, 100);
        if (style < 60) {
            String owner = people.owner(naming, lifeline.moment(at)).name();
            return owner.substring(0, owner.indexOf(' ')) + "’s " + platform.spelling();
        }
        if (style < 65) {
            return "“Front Desk” " + naming.below(Trait.ID, 40);
        }
        if (style < 67) {
            return "会議室 " + naming.below(Trait.ID, 40) + " 📺";
        }
        return platform.spelling().toUpperCase(Locale.ROOT) + "-" + naming.text(Trait.ID, 6, "0123456789ABCDEF");
    }

    private static @Nullable String serial(Draw draw) {
        int rank = draw.below(Trait.SERIAL_STYLE, 1000);
        if (rank < 10) {
            return null;
        }
        if (rank < 16) {
            return "SHARED000" + draw.below(Trait.SERIAL, 3);
        }
        return draw.text(Trait.SERIAL, rank < 500 ? 10 : 12, "CDFGHJKLMNPQRTVWXY0123456789");
    }

    private @Nullable Person owner(Draw draw, Stage stage, Instant at) {
        Draw handover = draw.part(Trait.OWNER).part(lifeline.count(Change.OWNER, stage, stage.step()));
        return handover.perMille(Trait.UNASSIGNED, 90) ? null : people.owner(handover, lifeline.moment(at));
    }

    private Blueprint blueprint(Draw draw, Stage stage) {
        int moves = lifeline.count(Change.BLUEPRINT, stage, stage.step());
        int count = Blueprint.ALL.size();
        return Blueprint.ALL.get((draw.below(Trait.BLUEPRINT, count) + moves * 4) % count);
    }

    /** Only computers have an agent; what would be its update on others is another set of tags. */
    private List<String> tags(Draw draw, Platform platform, Stage stage) {
        int changes = lifeline.count(Change.TAGS, stage, stage.step())
                + (platform == Platform.MAC ? 0 : lifeline.count(Change.AGENT, stage, stage.step()));
        return TAG_SETS.get((draw.below(Trait.TAGS, TAG_SETS.size()) + changes) % TAG_SETS.size());
    }

    private @Nullable String agent(Draw draw, Platform platform, Stage stage, int heardStep) {
        int n = draw.below(Trait.AGENT, FIRST_AGENTS) + lifeline.count(Change.AGENT, stage, heardStep);
        return switch (platform) {
            case MAC -> MAC_AGENTS.get(n);
            case WINDOWS -> "1." + n + ".0";
            case IPHONE, IPAD, APPLE_TV, VISION, ANDROID -> null;
        };
    }

    private static @Nullable String lostMode(Draw draw, Platform platform, boolean missing, boolean older) {
        boolean lost = platform == Platform.IPHONE && missing && draw.perMille(Trait.LOST_MODE, 400);
        return lost && !older ? "ENABLED" : null;
    }

    private boolean silent(Stage stage) {
        return lifeline.device(stage).part(stage.life()).perMille(Trait.SILENCE, 80);
    }

    private boolean shownAsRemoved(Stage stage) {
        return lifeline.device(stage).part(stage.life()).perMille(Trait.REMOVAL, 500);
    }

    private Instant enrolled(Stage stage) {
        return lifeline.instant(lifeline.startOf(stage, 0));
    }

    private Instant firstEnrollment(Draw draw, Stage stage) {
        Instant first = enrolled(lifeline.firstLife(stage));
        boolean older = draw.perMille(Trait.ENROLMENT_AGE, 600);
        Instant at = older ? first.minusSeconds(86_400L * draw.below(Trait.FIRST_ENROLMENT, 1_200)) : first;
        return DateSpelling.of(draw, Trait.FIRST_ENROLMENT).kept(jittered(draw, Trait.FIRST_ENROLMENT, at));
    }

    private @Nullable Instant lastEnrollment(Draw draw, Instant enrolled) {
        if (draw.perMille(Trait.LAST_ENROLMENT, 10)) {
            return null;
        }
        return DateSpelling.of(draw, Trait.LAST_ENROLMENT).kept(jittered(draw, Trait.FIRST_ENROLMENT, enrolled));
    }

    private @Nullable Instant lastCheckIn(Draw draw, Stage stage, Instant enrolled, Instant at) {
        int rank = draw.below(Trait.CHECK_IN_PACE, 1000);
        if (rank < 5) {
            return null;
        }
        boolean unheard = silent(stage) && stage.step() >= SILENT_STEP && stage.step() < HEARD_AGAIN_STEP;
        Instant heard = unheard ? lifeline.instant(lifeline.startOf(stage, SILENT_STEP)) : at;
        long every = (rank < 60 ? SLOW_CHECK_IN_EVERY : CHECK_IN_EVERY).toMillis();
        long phase = Math.floorMod(draw.number(Trait.CHECK_IN), every);
        Instant checkIn = Instant.ofEpochMilli(Math.floorDiv(heard.toEpochMilli() + phase, every) * every - phase);
        Instant jittered = jittered(draw.part(checkIn.getEpochSecond()), Trait.CHECK_IN, checkIn);
        Instant known = jittered.isBefore(enrolled) && !lifeline.frozen() ? enrolled : jittered;
        return DateSpelling.of(draw, Trait.CHECK_IN).kept(known);
    }

    /** Microseconds that belong to this moment alone. */
    private static Instant jittered(Draw draw, Trait trait, Instant at) {
        return at.minusNanos(1_000L * draw.part(trait).below(Trait.JITTER, 1_000_000));
    }

    private @Nullable BadRecord bad(int slot) {
        List<BadRecord> kinds = options.badKinds();
        int bad = kinds.isEmpty() ? 0 : (int) ((long) lifeline.slots() * options.badPerThousand() / 1000);
        int rank = badRanks.of(slot);
        return rank < bad ? kinds.get(rank % kinds.size()) : null;
    }
}
