package io.kandjietl.kandji;

/** Why no further details are asked for in a run although some are wanted. */
public enum DetailsStop {
    /** The time for it is over. */
    OUT_OF_TIME("the time limit was reached"),

    /** The token is refused, or may not read details. */
    REFUSED("the token lacks the permission Device details"),

    /** Kandji asks not to be asked for a while, or the requests of the hour are used up. */
    TOLD_TO_WAIT("there are no requests to be had before later"),

    /** The details of listed devices can't be had: what is said of absent ones can't be believed. */
    WITHOUT_WITNESS("the tenant does not answer for listed devices either"),

    /** One request after the other fails. */
    IN_TROUBLE("one request after the other failed");

    private final String words;

    DetailsStop(String words) {
        this.words = words;
    }

    /** The reason, in words for a person. */
    public String words() {
        return words;
    }
}
