package io.kandjietl.job;

/**
 * What is wrong with one setting.
 *
 * @param setting its name as an environment variable
 * @param what what is wrong, never with the value of a secret
 * @param remedy what to set instead
 */
public record SettingProblem(String setting, String what, String remedy) {

    /** One line for a person. */
    public String line() {
        return setting + ": " + what + ". " + remedy;
    }
}
