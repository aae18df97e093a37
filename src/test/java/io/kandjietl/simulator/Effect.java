package io.kandjietl.simulator;

import java.time.Duration;

/** What a fault does to a request or its answer. */
sealed interface Effect {

    /** Another answer; the request reaches neither token check nor limits. */
    record Replace(Answer answer) implements Effect {}

    /** The answer, so much later. */
    record Slow(Duration by) implements Effect {}

    /** The answer, once it is released. */
    record Held(Hold hold) implements Effect {}

    /** Something that happens after the answer was made and before it is sent. */
    record Run(Runnable action) implements Effect {}

    /** No answer: the connection ends. */
    record Drop() implements Effect {}

    /** The head of the answer and half of its body; then the connection ends. */
    record Truncate() implements Effect {}
}
