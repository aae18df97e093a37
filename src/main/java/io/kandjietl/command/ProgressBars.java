package io.kandjietl.command;

import io.kandjietl.job.ProgressDisplay;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a person at a terminal how far a run is: a bar a step. */
final class ProgressBars implements ProgressDisplay {

    private @Nullable ProgressBar bar;

    @Override
    public void show(State state) {
        ProgressBar shown = bar;
        if (shown == null && state.done() == 0 && state.expected() == null) {
            return; // Many steps have nothing to do.
        }
        if (shown == null) {
            shown = new ProgressBarBuilder()
                    .setTaskName(state.step())
                    .setStyle(ProgressBarStyle.ASCII)
                    .showSpeed()
                    .build();
            bar = shown;
        }
        shown.maxHint(state.expected() == null ? -1 : Math.max(state.expected(), state.done()));
        shown.stepTo(state.done());
        shown.setExtraMessage(
                String.format(Locale.ROOT, " %,d/%,d requests", state.requests(), state.requestsPerHour()));
    }

    @Override
    public void end(State state) {
        if (bar != null) {
            show(state);
            bar.close();
            bar = null;
        }
    }
}
