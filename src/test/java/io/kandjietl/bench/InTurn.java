package io.kandjietl.bench;

/**
 * Two things measured in turn: one sample of the first, one of the second, and so on, after rounds of some seconds that do not
 * count, so that caches and compilers are warm for both and the machine's other work meets both alike.
 *
 * @param measured what is looked at
 * @param reference its baseline
 */
record InTurn(Samples measured, Samples reference) {

    private static final long WARM_UP_NANOS = 5_000_000_000L;

    /** Measures once, in the figure's unit. */
    @FunctionalInterface
    interface Measure {
        double sample() throws Exception;
    }

    static InTurn of(int samples, Measure measured, Measure reference) throws Exception {
        double[] first = new double[samples];
        double[] second = new double[samples];
        long begin = System.nanoTime();
        do {
            measured.sample();
            reference.sample();
        } while (samples > 1 && System.nanoTime() - begin < WARM_UP_NANOS);
        for (int i = 0; i < samples; i++) {
            first[i] = measured.sample();
            second[i] = reference.sample();
        }
        return new InTurn(new Samples(first), new Samples(second));
    }

    /** How many seconds it takes. */
    static double seconds(Action action) throws Exception {
        long start = System.nanoTime();
        action.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** What is timed. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
