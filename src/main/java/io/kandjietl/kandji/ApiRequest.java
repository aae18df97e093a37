package io.kandjietl.kandji;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * A GET request to the API.
 *
 * @param uri where to
 * @param name what messages call it, for example {@code GET /api/v1/devices?offset=600}
 * @param permission what a token must be allowed for it, as the console spells it
 */
record ApiRequest(URI uri, String name, String permission) {

    private static final Pattern DEVICE_ID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,63}");

    /** Lists devices. Only {@code ordering=device_id} is known to sort: without it pages may overlap. */
    static ApiRequest listDevices(URI root, long offset, int limit) {
        URI uri = root.resolve("/api/v1/devices?limit=" + limit + "&offset=" + offset + "&ordering=device_id");
        return new ApiRequest(uri, "GET /api/v1/devices?offset=" + offset, "Device list");
    }

    /**
     * Asks for the details of one device.
     *
     * @throws IllegalArgumentException when the id can't stand in a path
     */
    static ApiRequest details(URI root, String deviceId) {
        if (!DEVICE_ID.matcher(deviceId).matches()) {
            throw new IllegalArgumentException(
                    "The id of a device is up to 64 letters, digits, dots, dashes and underscores");
        }
        String path = "/api/v1/devices/" + deviceId + "/details";
        return new ApiRequest(root.resolve(path), "GET " + path, "Device details");
    }

    /** What it is, whichever device it is about: for what is counted by name. */
    String route() {
        return "GET " + uri.getPath().replaceFirst("(/devices/)[^/]+", "$1{id}");
    }

    /** The request and the host that it goes to, for messages. */
    String nameAndHost() {
        return name + " on " + uri.getAuthority();
    }
}
