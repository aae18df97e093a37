package io.kandjietl.command;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.ColumnData;
import io.kandjietl.job.Settings;
import io.kandjietl.job.Slot;
import io.kandjietl.job.UsageException;
import io.kandjietl.warehouse.HeldArchivals;
import io.kandjietl.warehouse.HeldArchivals.Held;
import io.kandjietl.warehouse.HeldArchivals.OfSlot;
import io.kandjietl.warehouse.TenantLease;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code accept-archival}: a person's word that devices may be archived which the guard held back. */
@Command(
        name = "accept-archival",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = Cli.USAGE,
        description = {
            "Lists the devices whose archiving the guard held back, and accepts that they are archived.",
            "The next runs archive those that they can confirm to be gone or that are still marked as removed, as many"
                    + " as the budget allows; a device that is back in the fleet stays."
        })
final class AcceptArchivalCommand implements Callable<Integer> {

    private static final int MOST = 200;

    private final Surroundings surroundings;

    @Option(
            names = "--slot",
            paramLabel = "T",
            converter = SlotConverter.class,
            description = "What this slot held back, in ISO 8601: 2026-11-23T12:00Z. Default: the newest that did.")
    private @Nullable Slot slot;

    AcceptArchivalCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return Application.run(surroundings, this::accept);
    }

    private int accept(ConfigurableApplicationContext context) {
        String tenant = context.getBean(Settings.class).tenant();
        HeldArchivals archivals = context.getBean(HeldArchivals.class);
        PrintWriter out = surroundings.out();
        try (TenantLease lease = context.getBean(TenantLease.class)) {
            lease.acquire();
            Optional<Instant> chosen = slot == null ? archivals.newestSlot(tenant) : Optional.of(slot.instant());
            OfSlot held = chosen.map(instant -> archivals.ofSlot(tenant, instant, MOST))
                    .orElse(new OfSlot(0, List.of()));
            if (held.devices() == 0) {
                tellThatNothingIsHeld(tenant, out);
            } else {
                print(chosen.orElseThrow(), held, out);
                tellWhatWasAccepted(archivals.accept(tenant, chosen.orElseThrow()), held.devices());
            }
        }
        out.flush();
        return 0;
    }

    private void tellThatNothingIsHeld(String tenant, PrintWriter out) {
        if (slot != null) {
            throw new UsageException(
                    "Slot " + slot + " holds no archiving back for tenant '" + tenant + "'",
                    "Leave --slot out for the newest slot that does; kandji.held_archival lists all");
        }
        out.println("No archiving is held back for tenant " + tenant);
    }

    private void tellWhatWasAccepted(int accepted, long devices) {
        surroundings.out().println();
        if (accepted == 0) {
            surroundings.out().println("They had been accepted before: nothing was done");
        } else {
            surroundings.say(String.format(
                    Locale.ROOT,
                    "Accepted the archiving of %,d devices%s. The next run archives those that it can confirm; to have it"
                            + " now: `sync --again`",
                    accepted,
                    accepted < devices
                            ? String.format(Locale.ROOT, " (%,d had been before)", devices - accepted)
                            : ""));
        }
    }

    private static void print(Instant slot, OfSlot held, PrintWriter out) {
        out.printf(Locale.ROOT, "Held back by slot %s: %,d devices%n", slot, held.devices());
        out.println(AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .data(held.first(), columns())
                .asString());
        if (held.devices() > held.first().size()) {
            out.printf(
                    Locale.ROOT,
                    "and %,d more: kandji.held_archival lists all%n",
                    held.devices() - held.first().size());
        }
    }

    private static List<ColumnData<Held>> columns() {
        return List.of(
                Columns.text("Device", 34).with(held -> orDash(held.deviceName())),
                Columns.text("Serial number", 16).with(held -> orDash(held.serialNumber())),
                Columns.text("Platform", 10).with(held -> orDash(held.platform())),
                Columns.text("Assigned to", 28).with(held -> orDash(held.userEmail())),
                Columns.text("Last listed", 22).with(held -> held.lastSeenSlot().toString()),
                Columns.text("Why", 9).with(Held::reason));
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }
}
