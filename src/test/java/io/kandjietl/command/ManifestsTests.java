package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.kandjietl.failure.ExitCode;
import io.kandjietl.job.Settings;
import io.kandjietl.job.SettingsReader;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyRule;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * The manifests as kustomize renders them: what the API server would refuse, what it would take and do otherwise than meant, and
 * what the program would not understand.
 */
class ManifestsTests {

    private static final Duration PERIOD = Duration.ofHours(2);
    private static final Duration STOP = Duration.ofSeconds(20);

    /** What reads these is no part of the settings: {@link Commands} does. */
    private static final Set<String> NO_SETTINGS = Set.of("KANDJI_CRONJOB_SUFFIX");

    private static final String TOKEN = "00000000-0000-4000-8000-000000000000";

    static Stream<Path> rendered() {
        return Stream.of("base", "overlays/smallest", "overlays/s3", "overlays/many-tenants", "overlays/indexed")
                .map(folder -> Path.of("k8s", folder));
    }

    private static List<V1CronJob> cronJobs(Path folder) throws Exception {
        List<V1CronJob> cronJobs = RenderedManifests.of(folder).all(V1CronJob.class);
        assertThat(cronJobs).isNotEmpty();
        return cronJobs;
    }

    private static String name(V1CronJob cronJob) {
        return Objects.requireNonNull(
                Objects.requireNonNull(cronJob.getMetadata()).getName());
    }

    private static V1JobSpec job(V1CronJob cronJob) {
        return Objects.requireNonNull(
                Objects.requireNonNull(cronJob.getSpec()).getJobTemplate().getSpec());
    }

    private static V1PodSpec pod(V1CronJob cronJob) {
        return Objects.requireNonNull(job(cronJob).getTemplate().getSpec());
    }

    private static V1Container container(V1CronJob cronJob) {
        assertThat(pod(cronJob).getContainers()).hasSize(1);
        return pod(cronJob).getContainers().getFirst();
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void eachCommandThatMessagesPrintHasItsCronJob(Path folder) throws Exception {
        Map<String, List<V1CronJob>> ofTenant = cronJobs(folder).stream()
                .collect(Collectors.groupingBy(cronJob -> Objects.requireNonNull(
                                Objects.requireNonNull(cronJob.getMetadata()).getLabels())
                        .getOrDefault("app.kubernetes.io/instance", "")));

        ofTenant.forEach((tenant, cronJobs) -> {
            String suffix = tenant.isEmpty() ? "" : "-" + tenant;
            assertThat(cronJobs.stream().map(ManifestsTests::name))
                    .containsExactlyInAnyOrderElementsOf(Commands.WITH_CRON_JOB.stream()
                            .map(command -> "kandji-" + command + suffix)
                            .toList());
            for (V1CronJob cronJob : cronJobs) {
                String command = name(cronJob)
                        .substring("kandji-".length(), name(cronJob).length() - suffix.length());
                assertThat(container(cronJob).getArgs()).containsExactly(command);
                assertThat(Objects.requireNonNull(cronJob.getSpec()).getSuspend())
                        .as(command)
                        .isEqualTo(command.equals("sync") ? null : Boolean.TRUE);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void aSlotsRunStartsInItsSlotAndOneAtATime(Path folder) throws Exception {
        for (V1CronJob cronJob : cronJobs(folder)) {
            var spec = Objects.requireNonNull(cronJob.getSpec());
            assertThat(name(cronJob)).hasSizeLessThanOrEqualTo(52); // A Job's name adds 11.
            assertThat(spec.getTimeZone()).isEqualTo("Etc/UTC");
            assertThat(spec.getConcurrencyPolicy()).isEqualTo("Forbid");
            if (!spec.getSchedule().equals("0 0 31 2 *")) {
                assertThat(spec.getStartingDeadlineSeconds())
                        .as("what is suspended no longer makes up for nothing")
                        .isNotNull();
            }
            if (spec.getSuspend() == null) {
                assertThat(spec.getSchedule()).isEqualTo("0 */2 * * *");
                assertThat(Duration.ofSeconds(Objects.requireNonNull(spec.getStartingDeadlineSeconds())))
                        .isBetween(Duration.ofHours(1), PERIOD.minusMinutes(10));
                assertThat(spec.getFailedJobsHistoryLimit()).isEqualTo(12);
                assertThat(spec.getSuccessfulJobsHistoryLimit()).isEqualTo(3);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void aJobEndsAsTheExitCodesSay(Path folder) throws Exception {
        for (V1CronJob cronJob : cronJobs(folder)) {
            V1JobSpec job = job(cronJob);
            assertThat(job.getPodReplacementPolicy()).isEqualTo("Failed");
            assertThat(job.getTtlSecondsAfterFinished()).isEqualTo(259_200);
            assertThat(pod(cronJob).getRestartPolicy())
                    .as("as a pod failure policy needs it")
                    .isEqualTo("Never");
            List<V1PodFailurePolicyRule> rules =
                    Objects.requireNonNull(job.getPodFailurePolicy()).getRules();
            assertThat(rules).hasSize(2);
            assertThat(rules.getFirst().getAction()).isEqualTo("Ignore");
            assertThat(Objects.requireNonNull(rules.getFirst().getOnPodConditions()))
                    .singleElement()
                    .satisfies(condition -> {
                        assertThat(condition.getType()).isEqualTo("DisruptionTarget");
                        assertThat(condition.getStatus()).isEqualTo("True");
                    });
            assertThat(rules.get(1).getAction()).isEqualTo(isIndexed(job) ? "FailIndex" : "FailJob");
            Integer limit = isIndexed(job) ? job.getBackoffLimitPerIndex() : job.getBackoffLimit();
            if (isIndexed(job)) {
                assertThat(limit).as("one that waits for a retry holds a place").isEqualTo(2);
            } else {
                assertThat(limit).as(name(cronJob)).isIn(0, 6);
                assertThat(limit == 6 || !name(cronJob).startsWith("kandji-sync"))
                        .as("a run is tried again")
                        .isTrue();
            }
            assertThat(isIndexed(job) ? job.getBackoffLimit() : job.getBackoffLimitPerIndex())
                    .as("the limit of the other kind of Job")
                    .isNull();
            var codes = Objects.requireNonNull(rules.get(1).getOnExitCodes());
            assertThat(codes.getContainerName()).isEqualTo(container(cronJob).getName());
            assertThat(codes.getOperator()).isEqualTo("In");
            assertThat(codes.getValues())
                    .containsExactlyElementsOf(Arrays.stream(ExitCode.values())
                            .filter(code -> code != ExitCode.OK && !code.retryHelps())
                            .map(ExitCode::code)
                            .toList());
        }
    }

    private static boolean isIndexed(V1JobSpec job) {
        return "Indexed".equals(job.getCompletionMode());
    }

    @Test
    void oneJobRunsForAsManyTenantsAsHaveAFile() throws Exception {
        Path folder = Path.of("k8s/overlays/indexed");
        V1ConfigMap jobs = settingsOf(RenderedManifests.of(folder)).stream()
                .filter(ManifestsTests::isOfJobs)
                .findFirst()
                .orElseThrow();
        int tenants = Objects.requireNonNull(jobs.getData()).size();

        assertThat(jobs.getData())
                .containsOnlyKeys(IntStream.range(0, tenants)
                        .mapToObj(index -> "tenant-" + index + ".yaml")
                        .toList());
        for (V1CronJob cronJob : cronJobs(folder)) {
            boolean isForAll = Commands.OF_ALL.contains(name(cronJob).substring("kandji-".length()));
            assertThat(isIndexed(job(cronJob))).as(name(cronJob)).isEqualTo(isForAll);
            assertThat(job(cronJob).getCompletions()).isEqualTo(isForAll ? tenants : null);
            List<V1EnvVar> variables = Objects.requireNonNull(container(cronJob).getEnv());
            assertThat(variables.stream().map(V1EnvVar::getName))
                    .as("one that refers to another comes after it")
                    .containsSubsequence("KANDJI_INDEX", "KANDJI_JOB");
            assertThat(variables)
                    .anySatisfy(variable -> assertThat(variable.getValue()).isEqualTo("tenant-$(KANDJI_INDEX)"))
                    .anySatisfy(variable -> {
                        assertThat(variable.getName()).isEqualTo("KANDJI_INDEX");
                        assertThat(fieldPath(variable))
                                .isEqualTo(
                                        isForAll
                                                ? "metadata.annotations['batch.kubernetes.io/job-completion-index']"
                                                : null);
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void theProgramsOwnBoundsComeBeforeKubernetes(Path folder) throws Exception {
        List<Settings> settings = settings(RenderedManifests.of(folder), new HashSet<>());
        for (V1CronJob cronJob : cronJobs(folder)) {
            Duration deadline =
                    Duration.ofSeconds(Objects.requireNonNull(job(cronJob).getActiveDeadlineSeconds()));
            assertThat(deadline).isLessThan(PERIOD);
            assertThat(settings).allSatisfy(one -> {
                assertThat(deadline).isGreaterThan(one.budget().runDeadline());
                assertThat(one.slotLength()).isEqualTo(PERIOD);
            });
            assertThat(Duration.ofSeconds(Objects.requireNonNull(pod(cronJob).getTerminationGracePeriodSeconds())))
                    .isGreaterThan(STOP.plusSeconds(10));
        }
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void podsAreRestricted(Path folder) throws Exception {
        for (V1CronJob cronJob : cronJobs(folder)) {
            V1PodSpec pod = pod(cronJob);
            var context = Objects.requireNonNull(pod.getSecurityContext());
            assertThat(context.getRunAsNonRoot()).isTrue();
            assertThat(context.getRunAsUser()).isGreaterThan(9_999);
            assertThat(context.getRunAsGroup()).isEqualTo(context.getRunAsUser());
            assertThat(context.getFsGroup()).as("to read the secrets").isEqualTo(context.getRunAsUser());
            assertThat(Objects.requireNonNull(context.getSeccompProfile()).getType())
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(pod.getHostNetwork()).isNull();
            assertThat(pod.getHostPID()).isNull();
            V1SecurityContext ofContainer =
                    Objects.requireNonNull(container(cronJob).getSecurityContext());
            assertThat(ofContainer.getAllowPrivilegeEscalation()).isFalse();
            assertThat(ofContainer.getReadOnlyRootFilesystem()).isTrue();
            assertThat(Objects.requireNonNull(ofContainer.getCapabilities()).getDrop())
                    .containsExactly("ALL");
            assertThat(ofContainer.getCapabilities().getAdd()).isNullOrEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void whatIsMountedIsThere(Path folder) throws Exception {
        RenderedManifests manifests = RenderedManifests.of(folder);
        Set<String> configMaps = manifests.all(V1ConfigMap.class).stream()
                .map(map -> Objects.requireNonNull(map.getMetadata()).getName())
                .collect(Collectors.toSet());
        Set<String> accounts = manifests.all(V1ServiceAccount.class).stream()
                .map(account -> Objects.requireNonNull(account.getMetadata()).getName())
                .collect(Collectors.toSet());
        for (V1CronJob cronJob : cronJobs(folder)) {
            Map<String, V1Volume> volumes = Objects.requireNonNull(pod(cronJob).getVolumes()).stream()
                    .collect(Collectors.toMap(V1Volume::getName, volume -> volume));
            Map<String, V1VolumeMount> mounts = Objects.requireNonNull(
                            container(cronJob).getVolumeMounts())
                    .stream()
                    .collect(Collectors.toMap(V1VolumeMount::getMountPath, mount -> mount));
            assertThat(mounts).containsOnlyKeys("/etc/kandji-etl/jobs", "/etc/kandji-etl/secrets", "/tmp");
            assertThat(mounts.values().stream().map(V1VolumeMount::getName))
                    .containsExactlyInAnyOrderElementsOf(volumes.keySet());
            assertThat(configMaps)
                    .contains(Objects.requireNonNull(
                                    Objects.requireNonNull(volumes.get("jobs")).getConfigMap())
                            .getName());
            assertThat(Objects.requireNonNull(volumes.get("secrets")).getSecret())
                    .isNotNull();
            assertThat(Objects.requireNonNull(volumes.get("tmp")).getEmptyDir()).isNotNull();
            assertThat(Objects.requireNonNull(container(cronJob).getEnvFrom()))
                    .allSatisfy(from -> assertThat(configMaps)
                            .contains(Objects.requireNonNull(from.getConfigMapRef())
                                    .getName()));
            assertThat(accounts).contains(pod(cronJob).getServiceAccountName());
        }
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void theSlotComesFromTheJobsName(Path folder) throws Exception {
        for (V1CronJob cronJob : cronJobs(folder)) {
            assertThat(Objects.requireNonNull(container(cronJob).getEnv()))
                    .filteredOn(variable -> variable.getName().equals("JOB_NAME"))
                    .singleElement()
                    .satisfies(variable -> assertThat(fieldPath(variable))
                            .isEqualTo("metadata.labels['batch.kubernetes.io/job-name']"));
        }
    }

    private static @Nullable String fieldPath(V1EnvVar variable) {
        return variable.getValueFrom() == null
                ? null
                : Objects.requireNonNull(variable.getValueFrom().getFieldRef()).getFieldPath();
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void noMoreIsAskedForThanIsAllowed(Path folder) throws Exception {
        for (V1CronJob cronJob : cronJobs(folder)) {
            V1ResourceRequirements resources =
                    Objects.requireNonNull(container(cronJob).getResources());
            Map<String, Quantity> limits = Objects.requireNonNull(resources.getLimits());
            assertThat(resources.getRequests()).containsOnlyKeys("cpu", "memory");
            assertThat(limits).containsOnlyKeys("cpu", "memory");
            Objects.requireNonNull(resources.getRequests())
                    .forEach((name, quantity) -> assertThat(quantity.getNumber())
                            .as(name)
                            .isLessThanOrEqualTo(
                                    Objects.requireNonNull(limits.get(name)).getNumber()));
        }
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void theNetworkPolicyIsForThesePodsAlone(Path folder) throws Exception {
        RenderedManifests manifests = RenderedManifests.of(folder);
        List<V1NetworkPolicy> policies = manifests.all(V1NetworkPolicy.class);
        assertThat(policies)
                .isNotEmpty()
                .allSatisfy(policy -> assertThat(Objects.requireNonNull(Objects.requireNonNull(policy.getSpec())
                                .getPodSelector()
                                .getMatchLabels()))
                        .containsEntry("app.kubernetes.io/name", "kandji-etl"));
        for (V1CronJob cronJob : cronJobs(folder)) {
            V1PodTemplateSpec template = job(cronJob).getTemplate();
            Map<String, String> labels = Objects.requireNonNull(
                    Objects.requireNonNull(template.getMetadata()).getLabels());
            assertThat(policies)
                    .as(name(cronJob))
                    .anySatisfy(policy -> assertThat(labels)
                            .containsAllEntriesOf(Objects.requireNonNull(Objects.requireNonNull(policy.getSpec())
                                    .getPodSelector()
                                    .getMatchLabels())));
        }
    }

    @ParameterizedTest
    @MethodSource("rendered")
    void theProgramKnowsEverySetting(Path folder) throws Exception {
        RenderedManifests manifests = RenderedManifests.of(folder);
        Set<String> read = new HashSet<>();

        assertThat(settings(manifests, read)).isNotEmpty();

        Set<String> given = new HashSet<>();
        files(manifests).values().forEach(file -> given.addAll(file.keySet()));
        variables(manifests).forEach(variables -> given.addAll(variables.keySet()));
        given.removeAll(NO_SETTINGS);
        Set<String> documented = documented();
        assertThat(given)
                .allMatch(name -> read.contains(name)
                        || documented.contains(name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT)));
    }

    /** The environment variables of the README's table; that the program reads each of them is tested with its settings. */
    private static Set<String> documented() throws IOException {
        return Pattern.compile("(?m)^\\| `([A-Z0-9_]+)`")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());
    }

    /** The ConfigMaps of settings; a dashboard is none. */
    private static List<V1ConfigMap> settingsOf(RenderedManifests manifests) {
        return manifests.all(V1ConfigMap.class).stream()
                .filter(map -> Objects.requireNonNull(
                                Objects.requireNonNull(map.getMetadata()).getName())
                        .matches("kandji-(settings|jobs)-.*"))
                .toList();
    }

    private static boolean isOfJobs(V1ConfigMap map) {
        return Objects.requireNonNull(Objects.requireNonNull(map.getMetadata()).getName())
                .startsWith("kandji-jobs-");
    }

    /** The properties of each file of {@code jobs/}, by its name. */
    private static Map<String, Map<String, Object>> files(RenderedManifests manifests) throws IOException {
        Map<String, Map<String, Object>> files = new HashMap<>();
        for (V1ConfigMap map : settingsOf(manifests)) {
            if (isOfJobs(map)) {
                for (Map.Entry<String, String> entry :
                        Objects.requireNonNull(map.getData()).entrySet()) {
                    files.put(entry.getKey(), file(entry.getKey(), entry.getValue()));
                }
            }
        }
        return files;
    }

    /** Each tenant's variables. */
    private static List<Map<String, Object>> variables(RenderedManifests manifests) {
        return settingsOf(manifests).stream()
                .filter(map -> !isOfJobs(map))
                .map(map -> new HashMap<String, Object>(Objects.requireNonNull(map.getData())))
                .collect(Collectors.toList());
    }

    private static Map<String, Object> file(String name, String content) throws IOException {
        PropertySource<?> file = new YamlPropertySourceLoader()
                .load(name, new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)))
                .getFirst();
        Map<String, Object> values = new HashMap<>();
        ((Map<?, ?>) file.getSource()).forEach((key, value) -> values.put(String.valueOf(key), String.valueOf(value)));
        return values;
    }

    /**
     * The settings of each tenant as the program reads them: each has variables of its own, or a file.
     *
     * @param read takes the names of the files' values that were asked for
     */
    private static List<Settings> settings(RenderedManifests manifests, Set<String> read) throws IOException {
        List<Settings> settings = new ArrayList<>();
        for (Map<String, Object> variables : variables(manifests)) {
            for (Map.Entry<String, Map<String, Object>> file : files(manifests).entrySet()) {
                variables.put("KANDJI_JOB", file.getKey().replace(".yaml", ""));
                settings.add(read(variables, file.getKey(), file.getValue(), read));
            }
        }
        return settings;
    }

    private static Settings read(
            Map<String, Object> variables, String name, Map<String, Object> file, Set<String> read) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment
                .getPropertySources()
                .addLast(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        environment.getPropertySources().addLast(new MapPropertySource("file jobs/" + name, new Recorded(file, read)));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "secrets",
                        Map.of(
                                "kandji.api-token",
                                TOKEN,
                                "kandji-api-token-" + file.get("kandji.subdomain"),
                                TOKEN,
                                "spring.datasource.password",
                                "not-a-password")));
        return new SettingsReader(environment).read();
    }

    /** Values that note which of them were asked for. */
    private static final class Recorded extends HashMap<String, Object> {

        private static final long serialVersionUID = 1L;

        private final transient Set<String> read;

        Recorded(Map<String, Object> values, Set<String> read) {
            super(values);
            this.read = read;
        }

        @Override
        public @Nullable Object get(Object name) {
            if (containsKey(name)) {
                read.add(String.valueOf(name));
            }
            return super.get(name);
        }
    }
}
