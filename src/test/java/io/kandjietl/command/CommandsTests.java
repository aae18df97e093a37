package io.kandjietl.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTests {

    private final Commands commands = Commands.of(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"));

    @Test
    void elsewhereTheyStayAsTheyAre() {
        assertThat(Commands.of(Map.of()).spell("Go on with it: `restart 4`")).isEqualTo("Go on with it: `restart 4`");
    }

    @Test
    void inKubernetesEachIsAJobOfTheCronJobThatStandsReady() {
        assertThat(commands.spell("Run `check`, then `restart 4`."))
                .isEqualTo("Run `kubectl create job --from=cronjob/kandji-check check-$(date +%s)`, then"
                        + " `kubectl create job --from=cronjob/kandji-restart restart-$(date +%s)`.");
    }

    @Test
    void whereThereAreSeveralTenantsTheCronJobIsTheTenants() {
        Commands ofAcme = Commands.of(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "KANDJI_CRONJOB_SUFFIX", "-acme"));

        assertThat(ofAcme.spell("`status`"))
                .isEqualTo("`kubectl create job --from=cronjob/kandji-status-acme status-acme-$(date +%s)`");
    }

    @Test
    void whereOneJobRunsForAllTenantsACommandIsForOne() {
        Commands ofTheSeventh = Commands.of(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "KANDJI_INDEX", "7"));

        assertThat(ofTheSeventh.spell("`accept-archival`"))
                .isEqualTo("`kubectl create job --from=cronjob/kandji-accept-archival accept-archival-7-$(date +%s)"
                        + " --dry-run=client -o json | kubectl set env --local -f - KANDJI_INDEX=7 -o json"
                        + " | kubectl create -f -`");
        assertThat(ofTheSeventh.spell("`sync --again`"))
                .isEqualTo(
                        "`kubectl create job --from=cronjob/kandji-restart sync-7-$(date +%s) --dry-run=client -o json"
                                + " | kubectl patch -f - --local --type=json"
                                + " -p '[{\"op\":\"add\",\"path\":\"/spec/template/spec/containers/0/args\","
                                + "\"value\":[\"sync\",\"--again\"]}]' -o json"
                                + " | kubectl set env --local -f - KANDJI_INDEX=7 -o json | kubectl create -f -`");
    }

    @Test
    void aJobMadeByHandObservesAnew() {
        assertThat(commands.spell("`sync --again`"))
                .isEqualTo("`kubectl create job --from=cronjob/kandji-sync sync-$(date +%s)`");
    }

    @Test
    void argumentsArePutIntoTheJobOnItsWay() {
        assertThat(commands.spell("`sync --again --accept-rejects`"))
                .isEqualTo("`kubectl create job --from=cronjob/kandji-sync sync-$(date +%s) --dry-run=client -o json"
                        + " | kubectl patch -f - --local --type=json"
                        + " -p '[{\"op\":\"add\",\"path\":\"/spec/template/spec/containers/0/args\","
                        + "\"value\":[\"sync\",\"--again\",\"--accept-rejects\"]}]' -o json"
                        + " | kubectl create -f -`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abandon 4", "stop 4", "rejects --run 4"})
    void noneIsLeftThatAFinishedPodCouldNotTake(String command) {
        String[] words = command.split(" ");

        assertThat(commands.spell("`" + command + "`"))
                .startsWith("`kubectl create job --from=cronjob/kandji-sync " + words[0] + "-$(date +%s) ")
                .contains("\"value\":[\"" + String.join("\",\"", words) + "\"]");
    }

    @Test
    void whatIsNoCommandStaysAsItIs() {
        assertThat(commands.spell("the API ignores `offset`")).isEqualTo("the API ignores `offset`");
    }
}
