package io.kandjietl.command;

import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spells the commands in messages as their reader types them. Messages hold them between backticks, as on a command line; in
 * Kubernetes a finished pod can't be entered, and a suspended CronJob stands ready for each of them.
 *
 * @param inKubernetes whether this process is in a pod
 */
record Commands(boolean inKubernetes) {

    private static final Pattern COMMAND = Pattern.compile("`([a-z-]+)([^`]*)`");

    /** Those that have a CronJob of their own. */
    private static final Set<String> WITH_CRON_JOB =
            Set.of("sync", "check", "status", "restart", "accept-archival", "rejects", "migrate");

    /** As the environment tells: Kubernetes gives each pod the address of its API. */
    static Commands of(Map<String, String> environment) {
        return new Commands(environment.containsKey("KUBERNETES_SERVICE_HOST"));
    }

    /** The text with its commands spelled. */
    String spell(String text) {
        return COMMAND.matcher(text).replaceAll(command -> Matcher.quoteReplacement(spell(command)));
    }

    private String spell(MatchResult command) {
        String name = command.group(1);
        // Arguments can't be given to a Job: those that change what is done are left to the command line.
        boolean isPlain = command.group(2).isEmpty() || name.equals("restart") || name.equals("accept-archival");
        return inKubernetes && WITH_CRON_JOB.contains(name) && isPlain
                ? "`kubectl create job --from=cronjob/kandji-" + name + " " + name + "-$(date +%s)`"
                : command.group();
    }
}
