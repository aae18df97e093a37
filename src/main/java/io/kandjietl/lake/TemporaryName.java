package io.kandjietl.lake;

import java.util.UUID;

/**
 * What a file is called while it is written: hidden from {@code *.parquet}, {@code *.json} and from readers that pass
 * over leading dots. Each name is new, so that a process that lost its lease never writes into, or renames, the file of
 * its successor; the successor removes its predecessors' by the ending.
 */
final class TemporaryName {

    private static final String ENDING = ".inprogress";

    private TemporaryName() {}

    static String of(String name) {
        return "." + name + "." + UUID.randomUUID() + ENDING;
    }

    static boolean matches(String name) {
        return name.startsWith(".") && name.endsWith(ENDING);
    }
}
