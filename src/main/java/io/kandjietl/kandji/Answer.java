package io.kandjietl.kandji;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * A complete HTTP answer.
 *
 * @param status the status code
 * @param headers the headers
 * @param body the body as it came; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // one page of bytes on its way to the parser: never compared
record Answer(int status, HttpHeaders headers, byte[] body) {

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
