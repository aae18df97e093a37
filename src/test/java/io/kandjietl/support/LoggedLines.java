package io.kandjietl.support;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What one class logs while a test runs, from level info on, whatever the tests before it did to the log. */
public final class LoggedLines implements BeforeEachCallback, AfterEachCallback {

    private final Logger logger;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private @Nullable Level levelBefore;

    private LoggedLines(Logger logger) {
        this.logger = logger;
    }

    /** Listens to a class; a field of the test, registered as an extension. */
    public static LoggedLines of(Class<?> logging) {
        return new LoggedLines((Logger) LoggerFactory.getLogger(logging));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        levelBefore = logger.getLevel();
        logger.setLevel(Level.INFO);
        appender.start();
        logger.addAppender(appender);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        logger.detachAppender(appender);
        logger.setLevel(levelBefore);
    }

    /** The lines so far, in their order. */
    public List<ILoggingEvent> events() {
        return List.copyOf(appender.list);
    }

    /** The messages so far, in their order. */
    public List<String> messages() {
        return events().stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
