package io.kandjietl.command;

import org.springframework.core.env.Environment;

/**
 * Where results are, for a person to copy.
 *
 * @param warehouse the database's JDBC URL without what may be secret in it
 * @param lake the lake's URI, or {@code none}
 */
record Places(String warehouse, String lake) {

    static Places of(Environment environment) {
        String url = environment.getProperty("spring.datasource.url", "");
        String lake = environment.getProperty("lake.uri", "none");
        return new Places(url.replaceFirst("[?].*$", "").replaceFirst("//[^/@]*@", "//"), lake);
    }
}
