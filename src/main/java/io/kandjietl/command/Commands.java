package io.kandjietl.command;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Spells the commands in messages as their reader types them. Messages hold them between backticks, as on a command line; in
 * Kubernetes a finished pod can't be entered, and a suspended CronJob stands ready for each of them.
 *
 * @param inKubernetes whether this process is in a pod
 * @param suffix what the names of the tenant's CronJobs end with; empty where there is one tenant
 * @param index the tenant's number where one Job runs for all tenants, a pod for each; empty elsewhere
 */
record Commands(boolean inKubernetes, String suffix, String index) {

    private static final Pattern COMMAND = Pattern.compile("`([a-z-]+)([^`]*)`");

    /** Those that have a CronJob of their own, in {@code k8s/base}. */
    static final Set<String> WITH_CRON_JOB =
            Set.of("sync", "check", "status", "restart", "accept-archival", "rejects", "prune", "migrate");

    /** Those that without an argument take the newest run or slot, which is nearly always the one that is meant. */
    private static final Set<String> OF_THE_NEWEST = Set.of("restart", "accept-archival");

    /** Those that run for all tenants at once where one Job does: no model for a Job of one tenant. */
    static final Set<String> OF_ALL = Set.of("sync", "prune");

    /** As the environment tells: Kubernetes gives each pod the address of its API. */
    static Commands of(Map<String, String> environment) {
        return new Commands(
                environment.containsKey("KUBERNETES_SERVICE_HOST"),
                environment.getOrDefault("KANDJI_CRONJOB_SUFFIX", ""),
                environment.getOrDefault("KANDJI_INDEX", ""));
    }

    /** The text with its commands spelled. */
    String spell(String text) {
        return COMMAND.matcher(text).replaceAll(command -> Matcher.quoteReplacement(spell(command)));
    }

    private String spell(MatchResult command) {
        String name = command.group(1);
        List<String> args = Stream.of(command.group(2).split(" "))
                .filter(arg -> !arg.isEmpty())
                .toList();
        if (!inKubernetes || !Cli.names().contains(name)) {
            return command.group();
        }
        // A Job made by hand observes anew.
        boolean isPlain = args.isEmpty()
                || OF_THE_NEWEST.contains(name)
                || (name.equals("sync") && args.equals(List.of("--again")));
        boolean isReady = WITH_CRON_JOB.contains(name) && isPlain && !(isIndexed() && OF_ALL.contains(name));
        return "`" + (isReady ? job(name, name, "") : jobWith(name, args)) + "`";
    }

    private boolean isIndexed() {
        return !index.isEmpty();
    }

    /**
     * The command that makes a Job.
     *
     * @param change what is done to the Job on its way to the cluster, as a pipe from JSON to JSON; empty: nothing
     */
    private String job(String cronJob, String name, String change) {
        String job = "kubectl create job --from=cronjob/kandji-" + cronJob + suffix + " " + name + suffix
                + (isIndexed() ? "-" + index : "") + "-$(date +%s)";
        String changes =
                change + (isIndexed() ? " | kubectl set env --local -f - KANDJI_INDEX=" + index + " -o json" : "");
        return changes.isEmpty() ? job : job + " --dry-run=client -o json" + changes + " | kubectl create -f -";
    }

    /**
     * A Job made from a CronJob takes no arguments, so they are put into it on its way to the cluster. The CronJob of the runs can't
     * be the model where it runs for all tenants.
     */
    private String jobWith(String name, List<String> args) {
        String words = Stream.concat(Stream.of(name), args.stream())
                .map(word -> '"' + word + '"')
                .collect(Collectors.joining(","));
        return job(
                isIndexed() ? "restart" : "sync",
                name,
                " | kubectl patch -f - --local --type=json -p"
                        + " '[{\"op\":\"add\",\"path\":\"/spec/template/spec/containers/0/args\",\"value\":[" + words
                        + "]}]' -o json");
    }
}
