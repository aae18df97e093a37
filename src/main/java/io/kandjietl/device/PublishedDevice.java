package io.kandjietl.device;

/**
 * A device as one slot published it: a row of {@code kandji.device}.
 *
 * @param device what the listing told last
 * @param details what details answers told so far
 * @param lifecycle its coming and going
 */
public record PublishedDevice(Device device, DeviceDetails details, Lifecycle lifecycle) {}
