package io.kandjietl.lake;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How a lake in S3 is reached. Credentials are none of it: they come from the usual chain of Amazon's SDK (environment
 * variables, a web identity, the container's or the machine's role).
 *
 * @param endpoint the root of a store that is not Amazon's; null for Amazon's of the region
 * @param region of the bucket; null where the SDK finds it out
 * @param pathStyle whether the bucket stands in the path and not in the host's name
 * @param encryption how the store encrypts what is written; null for the bucket's default
 * @param encryptionKey the id of the key in KMS; null for the store's own
 */
public record S3Settings(
        @Nullable URI endpoint,
        @Nullable String region,
        boolean pathStyle,
        @Nullable Encryption encryption,
        @Nullable String encryptionKey) {

    /** Amazon's S3, and what a bucket does by itself. */
    public static final S3Settings STANDARD = new S3Settings(null, null, false, null, null);

    /** Server-side encryption, as Hadoop's connector names it. */
    public enum Encryption {
        /** With keys that S3 manages. */
        SSE_S3("sse-s3", "AES256"),
        /** With a key in KMS. */
        SSE_KMS("sse-kms", "SSE-KMS"),
        /** With a key in KMS, twice. */
        DSSE_KMS("dsse-kms", "DSSE-KMS");

        private final String code;
        private final String algorithm;

        Encryption(String code, String algorithm) {
            this.code = code;
            this.algorithm = algorithm;
        }

        /** As the setting spells it. */
        public String code() {
            return code;
        }

        /** The value of {@code fs.s3a.encryption.algorithm}. */
        String algorithm() {
            return algorithm;
        }

        /** Whether a key of one's own can be named. */
        public boolean takesKey() {
            return this != SSE_S3;
        }
    }
}
