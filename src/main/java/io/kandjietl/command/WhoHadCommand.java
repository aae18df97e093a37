package io.kandjietl.command;

import io.kandjietl.job.Settings;
import io.kandjietl.job.UsageException;
import io.kandjietl.warehouse.AccessHistory;
import io.kandjietl.warehouse.AccessHistory.Access;
import io.kandjietl.warehouse.SyncRuns;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code who-had}: who had access to a device, on a day or over time. */
@Command(
        name = "who-had",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = Cli.USAGE,
        description = {
            "Tells who had access to the devices of a serial number: the assigned user, and on Macs the local accounts.",
            "A change is dated by the two slots between which it happened."
        })
final class WhoHadCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(paramLabel = "SERIAL", description = "The serial number, in whatever case.")
    private String serial = "";

    @Option(
            names = "--on",
            paramLabel = "DATE",
            converter = DateConverter.class,
            description = "That whole day, in ISO 8601: 2026-03-03. Default: all that is known.")
    private @Nullable LocalDate on;

    @Option(
            names = "--zone",
            paramLabel = "Z",
            converter = ZoneConverter.class,
            description = "The time zone of the day and of the times shown, for example Europe/Berlin. Default: UTC.")
    private ZoneId zone = ZoneId.of("UTC");

    @Option(names = "--json", description = "One JSON object an answer, a line each; times are UTC.")
    private boolean json;

    WhoHadCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (serial.isBlank()) {
            throw new UsageException(
                    "There is no serial number to look for", "Write it behind the command: `who-had C02ABC12DEF3`");
        }
        return Application.run(surroundings, this::tell);
    }

    private int tell(ConfigurableApplicationContext context) {
        String tenant = context.getBean(Settings.class).tenant();
        Instant from = on == null ? null : on.atStartOfDay(zone).toInstant();
        Instant to = on == null ? null : on.plusDays(1).atStartOfDay(zone).toInstant();
        Clock clock = context.getBean(Clock.class);
        if (from != null && from.isAfter(clock.instant())) {
            throw new UsageException(
                    "The day " + on + " has not come yet in " + zone, "Name a day that has begun with --on");
        }
        List<Access> answers = context.getBean(AccessHistory.class).whoHad(tenant, serial.strip(), from, to);
        WhoHadReport report = new WhoHadReport(tenant, serial.strip(), on, zone, surroundings.out());
        if (json) {
            answers.forEach(report::line);
        } else {
            report.table(
                    answers,
                    context.getBean(SyncRuns.class).newestPublishedSlot(tenant).orElse(null),
                    to);
        }
        surroundings.out().flush();
        return 0;
    }

    static final class DateConverter implements ITypeConverter<LocalDate> {

        @Override
        public LocalDate convert(String value) {
            try {
                return LocalDate.parse(value);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "'" + value + "' is no date: write it in ISO 8601, for example 2026-03-03");
            }
        }
    }

    static final class ZoneConverter implements ITypeConverter<ZoneId> {

        @Override
        public ZoneId convert(String value) {
            try {
                return ZoneId.of(value);
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + value
                        + "' is no time zone: write UTC, an offset like +01:00, or a name like Europe/Berlin");
            }
        }
    }
}
