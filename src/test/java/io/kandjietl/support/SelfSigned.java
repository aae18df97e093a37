package io.kandjietl.support;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.springframework.util.FileSystemUtils;

/** A certificate of this machine that nobody trusts who is not told to; the JDK's own keytool makes it. */
public final class SelfSigned {

    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "localhost";
    private static final Path CA_CERTIFICATES = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");

    private final Path store;

    private SelfSigned(Path store) {
        this.store = store;
    }

    /** Makes one; its keys, and what trusts it, stay in the folder. */
    public static SelfSigned in(Path folder) throws IOException {
        Path store = Files.createDirectories(folder).resolve("keys.p12");
        Files.deleteIfExists(store);
        keytool(store);
        SelfSigned made = new SelfSigned(store);
        made.writeTrust();
        return made;
    }

    /** What the JDK trusts, and this. In a format without a key derived from its password, as the JDK's own is. */
    private void writeTrust() throws IOException {
        try {
            char[] password = PASSWORD.toCharArray();
            KeyStore trust = KeyStore.getInstance("JKS");
            trust.load(null, password);
            KeyStore usual = KeyStore.getInstance(CA_CERTIFICATES.toFile(), password);
            for (String alias : Collections.list(usual.aliases())) {
                trust.setCertificateEntry(alias, usual.getCertificate(alias));
            }
            trust.setCertificateEntry(ALIAS, keys().getCertificate(ALIAS));
            try (OutputStream out = Files.newOutputStream(trusted())) {
                trust.store(out, password);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("Unable to trust the keys in " + store, e);
        }
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private Path trusted() {
        return store.resolveSibling("trusted.jks");
    }

    /** A server that nobody trusts, on the loopback interface; not started. */
    public static HttpsServer server() throws IOException {
        Path folder = Files.createTempDirectory("self-signed");
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(in(folder).context()));
            return server;
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    /** What a server shows. */
    public SSLContext context() throws IOException {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys(), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("Unable to use the keys in " + store, e);
        }
    }

    /** The options of a JVM that trusts it, too, as long as the folder is there. */
    public List<String> trust() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + trusted().toAbsolutePath(),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    private static void keytool(Path file) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
