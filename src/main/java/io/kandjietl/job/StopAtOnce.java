package io.kandjietl.job;

import io.kandjietl.warehouse.LeaseListener;
import io.kandjietl.warehouse.LeaseLostException;

/** Ends the work when the lease is lost, or when an operator wants it. */
record StopAtOnce(StopSignal stop) implements LeaseListener {

    @Override
    public void lost(LeaseLostException why) {
        stop.request(why);
    }

    @Override
    public void stopRequested() {
        stop.request(StoppedException.byCommand());
    }
}
