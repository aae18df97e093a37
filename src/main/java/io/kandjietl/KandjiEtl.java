package io.kandjietl;

import io.kandjietl.command.ProcessEnd;
import io.kandjietl.command.Surroundings;

/** The program. */
public final class KandjiEtl {

    private KandjiEtl() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        ProcessEnd.run(args, Surroundings.ofProcess());
    }
}
