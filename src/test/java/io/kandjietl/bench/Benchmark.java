package io.kandjietl.bench;

/**
 * Measures something beside its baseline: both in the same run, on the same data, sample by sample in turn, so that what else the
 * machine does meets both alike.
 */
interface Benchmark {

    /** What the command line calls it: small letters and hyphens. */
    String name();

    /**
     * Measures, and adds each figure to the report as soon as it is complete.
     *
     * @throws Exception when it can't be measured, which ends this benchmark: a figure is complete or absent
     */
    void run(BenchmarkOptions options, BenchmarkReport report) throws Exception;
}
