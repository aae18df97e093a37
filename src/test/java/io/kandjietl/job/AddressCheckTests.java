package io.kandjietl.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressCheckTests {

    private static final URI US = URI.create("https://acme.api.kandji.io");
    private static final URI EU = URI.create("https://acme.api.eu.kandji.io");
    private static final URI US_IRU = URI.create("https://acme.api.iru.com");
    private static final URI EU_IRU = URI.create("https://acme.api.eu.iru.com");

    @Test
    void alternativesAreAllRegionsAndDomains() {
        assertThat(TenantAddress.alternatives(EU).keySet()).containsExactlyInAnyOrder(US, EU, US_IRU, EU_IRU);
        assertThat(TenantAddress.alternatives(US)).containsEntry(EU_IRU, "KANDJI_REGION=eu and KANDJI_DOMAIN=iru.com");
    }

    @Test
    void anotherRootHasNone() {
        assertThat(TenantAddress.alternatives(URI.create("https://proxy.example.com")))
                .isEmpty();
        assertThat(TenantAddress.alternatives(URI.create("http://127.0.0.1:8080")))
                .isEmpty();
    }

    @Test
    void theConfiguredOneAnswersAndWhichOthersDo() {
        assertThat(found(US, Set.of(US))).isEqualTo("acme.api.kandji.io answers, and no other region or domain");
        assertThat(found(US, Set.of(US, US_IRU))).isEqualTo("acme.api.kandji.io answers; so do acme.api.iru.com");
    }

    @Test
    void anotherOneAnswersAndWhatToSet() {
        assertThatThrownBy(() -> found(US, Set.of(EU)))
                .hasMessage(
                        "API endpoint not found (wrong subdomain or region): acme.api.kandji.io does not answer, but"
                                + " acme.api.eu.kandji.io does")
                .hasFieldOrPropertyWithValue("remedy", "Set KANDJI_REGION=eu and KANDJI_DOMAIN=kandji.io");
    }

    @Test
    void noneAnswers() {
        assertThatThrownBy(() -> found(US, Set.of())).hasMessageStartingWith("Could not reach Kandji");
    }

    private static String found(URI configured, Set<URI> answering) {
        Map<URI, String> alternatives = TenantAddress.alternatives(configured);
        return new AddressCheck(answering::contains).found(configured, alternatives);
    }
}
