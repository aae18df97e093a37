package io.kandjietl.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SimulatedFleetTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final SimulatedFleet fleet = SimulatedFleet.builder()
            .size(2_000)
            .badPerThousand(5, BadRecord.USER_IS_A_NUMBER)
            .build();

    @Test
    void sameSeedSizeAndInstantGiveTheSameBytes() {
        SimulatedFleet twin = SimulatedFleet.builder()
                .size(2_000)
                .badPerThousand(5, BadRecord.USER_IS_A_NUMBER)
                .build();
        twin.page(NOW.plus(Duration.ofDays(40)), 0, 300, true); // what it was asked before makes no difference
        assertThat(twin.page(NOW, 600, 300, true)).isEqualTo(fleet.page(NOW, 600, 300, true));
        String id = fleet.devices(NOW).findFirst().orElseThrow().deviceId();
        assertThat(twin.details(NOW, id).orElseThrow())
                .isEqualTo(fleet.details(NOW, id).orElseThrow());
    }

    @Test
    void anotherSeedGivesAnotherFleet() {
        SimulatedFleet other = SimulatedFleet.builder().size(2_000).seed(2).build();
        assertThat(ids(other, NOW)).doesNotContainAnyElementsOf(ids(fleet, NOW));
    }

    @Test
    void pagesShowEveryListedDeviceOnceInTheOrderOfTheIds() {
        List<String> walked = walk(fleet, NOW, true);
        assertThat(walked).hasSize((int) fleet.size(NOW)).doesNotHaveDuplicates();
        assertThat(walked).isEqualTo(ids(fleet, NOW));
        assertThat(walked.stream().map(id -> id.toLowerCase(Locale.ROOT))).isSorted();
    }

    @Test
    void pageAfterTheEndIsEmpty() {
        assertThat(fleet.page(NOW, fleet.size(NOW), 300, true)).isEqualTo("[]".getBytes(StandardCharsets.UTF_8));
        assertThat(fleet.page(NOW, 1L << 40, 300, true)).isEqualTo("[]".getBytes(StandardCharsets.UTF_8));
        assertThat(SimulatedFleet.builder().size(0).build().page(NOW, 0, 300, false))
                .isEqualTo("[]".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void withoutOrderingEachInstantHasAnOrderOfItsOwn() {
        List<String> walked = walk(fleet, NOW, false);
        assertThat(walked).containsExactlyInAnyOrderElementsOf(ids(fleet, NOW)).isNotEqualTo(ids(fleet, NOW));
        assertThat(walk(fleet, NOW.plusSeconds(1), false)).isNotEqualTo(walked);
    }

    @Test
    void sizeIsWithinTwoPercent() {
        for (int size : List.of(500, 2_000, 100_000)) {
            SimulatedFleet some = SimulatedFleet.builder().size(size).build();
            for (int day = 0; day < 5; day++) {
                assertThat((double) some.size(NOW.plus(Duration.ofDays(day)))).isBetween(size * 0.98, size * 1.02);
            }
        }
    }

    @Test
    void frozenFleetHasItsExactSizeAndMovesNothingButCheckIns() {
        SimulatedFleet frozen = SimulatedFleet.builder().size(777).frozenAt(NOW).build();
        Instant later = NOW.plus(Duration.ofDays(300));
        assertThat(frozen.size(later)).isEqualTo(777);
        assertThat(rows(frozen, later, "last_check_in")).isEqualTo(rows(frozen, NOW, "last_check_in"));
        assertThat(rows(frozen, later)).isNotEqualTo(rows(frozen, NOW));
    }

    @Test
    void fiveHundredDevicesDifferAfterTenMinutes() {
        SimulatedFleet demo = SimulatedFleet.builder().build();
        int different = 0;
        for (int window = 0; window < 100; window++) {
            Instant at = NOW.plus(Duration.ofMinutes(10L * window));
            Map<String, JsonNode> before = rows(demo, at, "last_check_in");
            different += before.equals(rows(demo, at.plus(Duration.ofMinutes(10)), "last_check_in")) ? 0 : 1;
        }
        assertThat(different).isGreaterThanOrEqualTo(90);
    }

    @Test
    void aboutTwoPercentOfDevicesChangeATrackedAttributeInTwoHours() {
        SimulatedFleet large = SimulatedFleet.builder().size(10_000).build();
        Map<String, JsonNode> before = rows(large, NOW, "last_check_in", "user");
        Map<String, JsonNode> after = rows(large, NOW.plus(Duration.ofHours(2)), "last_check_in", "user");
        long changed = before.keySet().stream()
                .filter(id -> after.containsKey(id) && !Objects.equals(after.get(id), before.get(id)))
                .count();
        assertThat(changed).isBetween(150L, 280L);
    }

    @Test
    void devicesComeGoAndReturnAndPeopleChange() {
        Set<String> before = new HashSet<>(ids(fleet, NOW));
        Set<String> gone = new HashSet<>();
        Set<String> returned = new HashSet<>();
        for (int day = 1; day <= 60; day++) {
            Set<String> today = new HashSet<>(ids(fleet, NOW.plus(Duration.ofDays(day))));
            today.stream().filter(gone::contains).forEach(returned::add);
            before.stream().filter(id -> !today.contains(id)).forEach(gone::add);
        }
        assertThat(gone).hasSizeBetween(800, 1_400);
        assertThat(returned).hasSizeBetween(50, 400);
        Instant later = NOW.plus(Duration.ofHours(2));
        assertThat(users(fleet, later)).isNotEqualTo(users(fleet, NOW));
    }

    @Test
    void vanishedDeviceHasNoDetails() {
        Set<String> later = new HashSet<>(ids(fleet, NOW.plus(Duration.ofDays(3))));
        String vanished = ids(fleet, NOW).stream()
                .filter(id -> !later.contains(id))
                .findFirst()
                .orElseThrow();
        assertThat(fleet.details(NOW, vanished)).isPresent();
        assertThat(fleet.details(NOW.plus(Duration.ofDays(3)), vanished)).isEmpty();
        assertThat(fleet.details(NOW, "no-uuid")).isEmpty();
        assertThat(fleet.details(NOW, "ffffffff-ffff-4fff-8fff-ffffffffffff")).isEmpty();
    }

    @Test
    void detailsAreFoundByEachListedIdInAnyCase() {
        fleet.devices(NOW).forEach(device -> {
            assertThat(fleet.device(NOW, device.deviceId().toLowerCase(Locale.ROOT)))
                    .contains(device);
            assertThat(fleet.device(NOW, device.deviceId().toUpperCase(Locale.ROOT)))
                    .contains(device);
        });
    }

    @Test
    void threeRecordsInFiveHundredAreBadAndNoneWhenAskedSo() {
        assertThat(SimulatedFleet.builder().build().devices(NOW).filter(device -> device.bad() != null))
                .hasSizeBetween(2, 3);
        SimulatedFleet good = SimulatedFleet.builder().badPerThousand(0).build();
        assertThat(good.devices(NOW)).allMatch(device -> device.bad() == null);
    }

    @Test
    void lastPageOfAMillionDevicesIsFoundAtOnce() {
        SimulatedFleet million = SimulatedFleet.builder().size(1_000_000).build();
        long size = million.size(NOW);
        assertThat(MAPPER.readTree(million.page(NOW, size - 2, 300, true)).size())
                .isEqualTo(2);
        assertThat(size).isBetween(980_000L, 1_020_000L);
    }

    @Test
    void someHaveSeveralDevicesAndSomeHaveNone() {
        Map<String, Long> devices = fleet.devices(NOW)
                .map(SimulatedDevice::user)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(Person::id, Collectors.counting()));
        assertThat(devices.values()).contains(1L, 2L, 3L);
        assertThat(devices).hasSizeLessThan(1_400).hasSizeGreaterThan(700);
    }

    @Test
    void emailsTellPeopleApart() {
        People people = new People(20_000, new Lifeline(10, 1, null, 1), 1);
        Map<String, List<Person>> byEmail = IntStream.range(0, 20_000)
                .mapToObj(post -> people.holder(post, NOW.toEpochMilli()))
                .filter(person -> person.email() != null)
                .collect(Collectors.groupingBy(
                        person -> Objects.requireNonNull(person.email()).toLowerCase(Locale.ROOT)));
        assertThat(byEmail.values())
                .allSatisfy(namesakes -> assertThat(namesakes).hasSize(1));
    }

    @Test
    void impossibleFleetsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedFleet.builder().size(-1).build())
                .withMessage("A fleet has 0 to 20000000 devices, not -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedFleet.builder().pace(0).build())
                .withMessage("A fleet lives 1 to 10000 times as fast, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedFleet.builder().badPerThousand(1001).build())
                .withMessage("Of 1000 records 0 to 1000 are bad, not 1001");
    }

    private static List<String> ids(SimulatedFleet fleet, Instant at) {
        return fleet.devices(at).map(SimulatedDevice::deviceId).toList();
    }

    private static Map<String, Person> users(SimulatedFleet fleet, Instant at) {
        return fleet.devices(at)
                .filter(device -> device.user() != null)
                .collect(Collectors.toMap(SimulatedDevice::deviceId, device -> Objects.requireNonNull(device.user())));
    }

    private static List<String> walk(SimulatedFleet fleet, Instant at, boolean ordered) {
        List<String> walked = new ArrayList<>();
        for (long offset = 0; ; offset += 300) {
            JsonNode page = MAPPER.readTree(fleet.page(at, offset, 300, ordered));
            if (page.isEmpty()) {
                return walked;
            }
            page.forEach(row -> walked.add(row.path("device_id").asString()));
        }
    }

    private static Map<String, JsonNode> rows(SimulatedFleet fleet, Instant at, String... without) {
        JsonNode all = MAPPER.readTree(fleet.page(at, 0, 1_000_000, true));
        return all.valueStream()
                .filter(row -> row.has("device_id"))
                .map(row -> ((ObjectNode) row).without(List.of(without)))
                .collect(Collectors.toMap(row -> row.path("device_id").asString(), Function.identity()));
    }
}
