package io.kandjietl.device;

/**
 * What became of one record that the tenant sent: it was understood, or it is quarantined. A bad record is a value and
 * not an exception, so that it costs itself and never the chunk that it is in.
 */
public sealed interface NormalizedRecord permits AcceptedDevice, RejectedRecord {}
