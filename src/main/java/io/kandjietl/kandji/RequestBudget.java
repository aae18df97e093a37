package io.kandjietl.kandji;

import java.time.Instant;
import java.util.Optional;

/**
 * Who allows requests, so that the tenant's other integrations keep theirs: asked before each try, and told what the
 * answers say of the tenant's limit. For any number of threads.
 */
public interface RequestBudget {

    /** A budget that allows everything, for a client that asks little. */
    RequestBudget UNLIMITED = new RequestBudget() {
        @Override
        public void take() {}

        @Override
        public Optional<Instant> tryTake() {
            return Optional.empty();
        }

        @Override
        public void seen(HourlyLimit limit) {}

        @Override
        public void blockedUntil(Instant until) {}
    };

    /**
     * Takes one request from the budget, and waits for it where none is left: for what a run can't do without.
     *
     * @throws InterruptedException when the thread was interrupted; nothing is taken then
     */
    void take() throws InterruptedException;

    /**
     * Takes one request from the budget unless none is left now: for what can be left for another run. It waits for
     * nothing but another thread's turn.
     *
     * @return until when none is to be had; empty when the request may be made
     * @throws InterruptedException when the thread was interrupted; nothing is taken then
     */
    Optional<Instant> tryTake() throws InterruptedException;

    /** An answer told the tenant's limit. */
    void seen(HourlyLimit limit);

    /** The tenant asked not to be asked before a moment that is too far away to be waited for within a request's tries. */
    void blockedUntil(Instant until);
}
