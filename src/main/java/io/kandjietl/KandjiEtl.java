package io.kandjietl;

/** The program. */
public final class KandjiEtl {

    private KandjiEtl() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {}
}
