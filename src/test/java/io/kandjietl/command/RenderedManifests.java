package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What kustomize makes of a folder.
 *
 * @param objects of Kubernetes itself, strictly parsed
 * @param custom what other programs define, as YAML
 */
record RenderedManifests(List<KubernetesObject> objects, List<String> custom) {

    private static final Map<Path, RenderedManifests> RENDERED = new ConcurrentHashMap<>();

    /** Renders a folder, once; skips the test, with a word, where kubectl is not installed. */
    static RenderedManifests of(Path folder) throws IOException, InterruptedException {
        RenderedManifests before = RENDERED.get(folder);
        if (before != null) {
            return before;
        }
        assumeKubectl();
        Path said = Files.createTempFile("kustomize", ".txt");
        Process process = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                .redirectError(said.toFile())
                .start();
        String rendered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(said)).isZero();
        Files.delete(said);
        List<KubernetesObject> objects = new ArrayList<>();
        List<String> custom = new ArrayList<>();
        for (String document : rendered.split("(?m)^---$")) {
            if (document.matches("(?s).*^apiVersion: [a-z-]+[.](?!k8s[.]io)[a-z.]+/.*".replace("^", "(?m:^)"))) {
                custom.add(document);
            } else {
                objects.add((KubernetesObject) Yaml.load(document));
            }
        }
        RenderedManifests manifests = new RenderedManifests(objects, custom);
        RENDERED.put(folder, manifests);
        return manifests;
    }

    /** Skips the test, with a word, where kubectl is not installed. */
    static void assumeKubectl() {
        boolean isInstalled = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        assumeTrue(isInstalled, "kubectl is not on the PATH: the manifests are not rendered, and so not checked");
    }

    <T extends KubernetesObject> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
