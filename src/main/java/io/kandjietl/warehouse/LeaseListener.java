package io.kandjietl.warehouse;

/** Who is told what the heartbeat of a lease learns, on the heartbeat's thread, each time at most once. */
public interface LeaseListener {

    /** For what is done in a moment. */
    LeaseListener NONE = new LeaseListener() {
        @Override
        public void lost(LeaseLostException why) {}

        @Override
        public void stopRequested() {}
    };

    /** Another process took the tenant over: nothing that this one writes is taken any more. */
    void lost(LeaseLostException why);

    /** An operator wants the holder to stop. */
    void stopRequested();
}
