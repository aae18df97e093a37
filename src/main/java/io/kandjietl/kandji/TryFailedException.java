package io.kandjietl.kandji;

import org.jspecify.annotations.Nullable;

/** One try of a request ended badly. It never leaves the package: {@link Retries} turns it into what operators read. */
final class TryFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /**
     * @param cause what was caught, for the stack trace; null where it might tell the token
     */
    TryFailedException(Problem problem, @Nullable Throwable cause) {
        super(problem.what(), cause);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
