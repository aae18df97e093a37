package io.kandjietl.command;

import picocli.CommandLine.IVersionProvider;

/** The version that {@code --version} prints: the jar's, or that it is a build from sources. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"kandji-etl " + (version == null ? "(built from sources)" : version)};
    }
}
