package io.kandjietl.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which tenant the environment means: a real one, the simulated one, or one that can't be told for sure. */
sealed interface TenantChoice {

    /** What a real tenant needs. */
    List<String> NEEDED = List.of("KANDJI_SUBDOMAIN", "KANDJI_REGION", "KANDJI_API_TOKEN");

    /** All that says anything about a tenant. */
    List<String> ABOUT_TENANT = List.of(
            "KANDJI_SUBDOMAIN",
            "KANDJI_REGION",
            "KANDJI_API_TOKEN",
            "KANDJI_DOMAIN",
            "KANDJI_BASE_URL",
            "KANDJI_TENANT");

    /** A real tenant is configured. */
    record Real() implements TenantChoice {}

    /** Nothing is configured. */
    record Simulated() implements TenantChoice {}

    /**
     * Something is configured, but not enough: invented devices must never reach a real database.
     *
     * @param why what is missing, and what to do
     */
    record Refused(String why) implements TenantChoice {}

    static TenantChoice of(Map<String, String> environment) {
        List<String> missing =
                NEEDED.stream().filter(name -> !isSet(environment, name)).toList();
        if (missing.isEmpty()) {
            return new Real();
        }
        List<String> given =
                ABOUT_TENANT.stream().filter(name -> isSet(environment, name)).toList();
        if (!given.isEmpty()) {
            return new Refused(String.join(", ", given) + " set, but " + String.join(", ", missing)
                    + " not: set all of them to sync that tenant, or none for the demo with invented devices.");
        }
        List<String> databases = environment.keySet().stream()
                .filter(name -> name.startsWith("SPRING_DATASOURCE_") && isSet(environment, name))
                .sorted()
                .toList();
        if (!databases.isEmpty()) {
            return new Refused(
                    String.join(", ", databases) + " set without a tenant: the demo's devices are invented, and"
                            + " never written to a database that is not its own. Set " + String.join(", ", NEEDED)
                            + " too, or unset it.");
        }
        return new Simulated();
    }

    /** The environment without what a real tenant, database or lake would need. */
    static Map<String, String> withoutTenant(Map<String, String> environment) {
        Map<String, String> rest = new HashMap<>(environment);
        rest.keySet()
                .removeIf(name -> ABOUT_TENANT.contains(name)
                        || name.startsWith("SPRING_DATASOURCE_")
                        || name.equals("LAKE_URI")
                        || name.equals("KANDJI_SECRETS_DIR"));
        return rest;
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }
}
