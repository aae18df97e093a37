package io.kandjietl.device;

/** What became of a details answer: it was understood, or it is quarantined. */
public sealed interface NormalizedDetails permits DetailsOfDevice, RejectedRecord {}
