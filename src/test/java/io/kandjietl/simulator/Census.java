package io.kandjietl.simulator;

import java.util.Arrays;

/**
 * Which slots of a fleet are listed, counted by blocks, so that the n-th listed device is found without walking from the
 * first.
 *
 * @param from the moment since which the count holds
 * @param until the moment until which it holds, exclusive
 * @param before how many devices are listed before each block; one entry more than there are blocks
 */
record Census(long from, long until, int[] before) {

    static final int BLOCK = 256;

    int size() {
        return before[before.length - 1];
    }

    boolean holdsAt(long moment) {
        return from <= moment && moment < until;
    }

    /** The block that holds the n-th listed device. */
    int blockOf(int n) {
        int found = Arrays.binarySearch(before, n);
        int block = found < 0 ? -found - 2 : found;
        while (before[block + 1] == before[block]) {
            block++; // an empty block begins at the same count as the one after it
        }
        return block;
    }
}
