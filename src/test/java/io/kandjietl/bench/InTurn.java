package io.kandjietl.bench;

/**
 * Two things measured in turn: one sample of the first, one of the second, and so on, after a round that does not count, so that
 * caches and compilers are warm for both and the machine's other work meets both alike.
 *
 * @param measured what is looked at
 * @param reference its baseline
 */
record InTurn(Samples measured, Samples reference) {

    /** Measures once, in the figure's unit. */
    @FunctionalInterface
    interface Measure {
        double sample() throws Exception;
    }

    static InTurn of(int samples, Measure measured, Measure reference) throws Exception {
        double[] first = new double[samples];
        double[] second = new double[samples];
        measured.sample();
        reference.sample();
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
