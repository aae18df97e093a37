package io.kandjietl.lake;

import org.apache.hadoop.conf.Configuration;

/** What Hadoop's S3 connector is told. A site's own configuration, where there is one, comes first. */
final class S3Configuration {

    private static final String CREDENTIALS = "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider";

    private S3Configuration() {}

    static void add(S3Settings settings, Configuration configuration) {
        configuration.setIfUnset("fs.s3a.aws.credentials.provider", CREDENTIALS);
        if (settings.endpoint() != null) {
            configuration.set("fs.s3a.endpoint", settings.endpoint().toString());
            configuration.setIfUnset("fs.s3a.endpoint.region", "us-east-1"); // Signatures name one, whatever the store.
        }
        if (settings.region() != null) {
            configuration.set("fs.s3a.endpoint.region", settings.region());
        }
        if (settings.pathStyle()) {
            configuration.setBoolean("fs.s3a.path.style.access", true);
        }
        if (settings.encryption() != null) {
            configuration.set(
                    "fs.s3a.encryption.algorithm", settings.encryption().algorithm());
        }
        if (settings.encryptionKey() != null) {
            configuration.set("fs.s3a.encryption.key", settings.encryptionKey());
        }
        addBounds(configuration);
    }

    /** A store that does not answer is given up within a minute or so; two parts of a file are in memory at most. */
    private static void addBounds(Configuration configuration) {
        configuration.setIfUnset("fs.s3a.attempts.maximum", "2");
        configuration.setIfUnset("fs.s3a.retry.limit", "2");
        configuration.setIfUnset("fs.s3a.retry.interval", "1s");
        configuration.setIfUnset("fs.s3a.connection.establish.timeout", "15s");
        configuration.setIfUnset("fs.s3a.connection.timeout", "30s");
        configuration.setIfUnset("fs.s3a.fast.upload.buffer", "bytebuffer");
        configuration.setIfUnset("fs.s3a.multipart.size", "8M");
        configuration.setIfUnset("fs.s3a.multipart.threshold", "8M");
        configuration.setIfUnset("fs.s3a.fast.upload.active.blocks", "1");
        configuration.setIfUnset("fs.s3a.threads.max", "4");
        configuration.setIfUnset("fs.s3a.input.stream.type", "classic");
        configuration.setIfUnset("fs.s3a.performance.flags", "create,mkdir");
        configuration.setIfUnset("fs.s3a.audit.enabled", "false"); // It would send names of this machine along.
    }
}
