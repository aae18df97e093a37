package io.kandjietl;

/**
 * Where the jar begins. Compiled for Java 17, so that an older Java says in one sentence what to install; everything
 * else needs Java 25.
 */
public final class Start {

    private static final int NEEDED = 25;

    private Start() {}

    /** Hands over to {@link KandjiEtl}, or ends with 78 where Java is too old. */
    public static void main(String[] args) throws ReflectiveOperationException {
        int feature = Runtime.version().feature();
        if (feature < NEEDED) {
            System.err.println("kandji-etl needs Java " + NEEDED + " or newer and this is Java " + feature
                    + ": install a JDK or JRE 25, for example Temurin from adoptium.net.");
            System.exit(78);
        }
        Class.forName("io.kandjietl.KandjiEtl")
                .getMethod("main", String[].class)
                .invoke(null, (Object) args);
    }
}
