package io.kandjietl.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantChoiceTests {

    private static final Map<String, String> REAL =
            Map.of("KANDJI_SUBDOMAIN", "acme", "KANDJI_REGION", "eu", "KANDJI_API_TOKEN", "secret");

    @Test
    void withoutSettingsTheTenantIsSimulated() {
        assertThat(TenantChoice.of(Map.of("PATH", "/bin", "KANDJI_PAGE_SIZE", "10")))
                .isEqualTo(new TenantChoice.Simulated());
        assertThat(TenantChoice.of(Map.of("KANDJI_API_TOKEN", " "))).isEqualTo(new TenantChoice.Simulated());
    }

    @Test
    void withAllThreeSettingsTheTenantIsReal() {
        assertThat(TenantChoice.of(REAL)).isEqualTo(new TenantChoice.Real());
    }

    @Test
    void someButNotAllAreRefusedWithoutTellingTheToken() {
        assertThat(TenantChoice.of(Map.of("KANDJI_API_TOKEN", "secret")))
                .isEqualTo(new TenantChoice.Refused(
                        "KANDJI_API_TOKEN set, but KANDJI_SUBDOMAIN, KANDJI_REGION not: set all of"
                                + " them to sync that tenant, or none for the demo with invented devices."));
    }

    @Test
    void aDatabaseWithoutATenantIsRefused() {
        assertThat(TenantChoice.of(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://warehouse/real")))
                .isEqualTo(new TenantChoice.Refused("SPRING_DATASOURCE_URL set without a tenant: the demo's devices are"
                        + " invented, and never written to a database that is not its own. Set KANDJI_SUBDOMAIN,"
                        + " KANDJI_REGION, KANDJI_API_TOKEN too, or unset it."));
    }

    @Test
    void theSimulatedTenantsEnvironmentHoldsNothingOfARealOne() {
        assertThat(TenantChoice.withoutTenant(Map.of(
                        "LAKE_URI", "s3a://real/lake", "KANDJI_SECRETS_DIR", "/secrets", "KANDJI_PAGE_SIZE", "100")))
                .isEqualTo(Map.of("KANDJI_PAGE_SIZE", "100"));
    }
}
