package io.kandjietl.warehouse;

/** Numbers as a person writes them. */
final class Numbers {

    private Numbers() {}

    /** Without a fraction where there is none. */
    static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
