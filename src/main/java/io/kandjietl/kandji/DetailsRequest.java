package io.kandjietl.kandji;

/**
 * A device whose details are to be asked for.
 *
 * @param rank its place in the run's worklist
 * @param deviceId the tenant's id of the device, lower case
 */
public record DetailsRequest(long rank, String deviceId) {}
