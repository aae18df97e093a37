package io.kandjietl.kandji;

import java.net.URI;

/**
 * A GET request to the API.
 *
 * @param uri where to
 * @param name what messages call it, for example {@code GET /api/v1/devices?offset=600}
 * @param permission what a token must be allowed for it, as the console spells it
 */
record ApiRequest(URI uri, String name, String permission) {

    /** Lists devices. Only {@code ordering=device_id} is known to sort: without it pages may overlap. */
    static ApiRequest listDevices(URI root, long offset, int limit) {
        URI uri = root.resolve("/api/v1/devices?limit=" + limit + "&offset=" + offset + "&ordering=device_id");
        return new ApiRequest(uri, "GET /api/v1/devices?offset=" + offset, "Device list");
    }

    /** The request and the host that it goes to, for messages. */
    String nameAndHost() {
        return name + " on " + uri.getAuthority();
    }
}
