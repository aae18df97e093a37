package io.kandjietl.simulator;

/**
 * Spreads the numbers from 0 to a size evenly: a permutation in which neighbours land far apart, so that any stretch of
 * numbers covers the whole range with equal gaps. It keeps a small fleet from changing in clumps.
 */
record Spread(int size, long factor, long shift) {

    /**
     * Makes one.
     *
     * @param ratio how far apart neighbours land, as a part of the size; use an irrational one, another for each purpose
     */
    static Spread of(int size, double ratio, long seed) {
        int range = Math.max(1, size);
        long factor = Math.max(1, Math.round(range * ratio));
        while (gcd(factor, range) != 1) {
            factor++;
        }
        return new Spread(range, factor, Math.floorMod(seed, range));
    }

    int of(long number) {
        return Math.floorMod(number * factor + shift, size);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
