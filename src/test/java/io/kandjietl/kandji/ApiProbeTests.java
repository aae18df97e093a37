package io.kandjietl.kandji;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiProbeTests {

    private final StubServer server = new StubServer();
    private final ApiProbe probe = new ApiProbe();

    ApiProbeTests() throws IOException {}

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @Test
    void anApiRefusesWhoBringsNoToken() {
        server.then(401, "{\"message\":\"Unauthorized\"}");

        assertThat(probe.answers(server.root())).isTrue();
        assertThat(server.received())
                .singleElement()
                .satisfies(request -> assertThat(request.headers()).doesNotContainKey("Authorization"));
    }

    @Test
    void aGatewayThatKnowsNoSuchPathIsNone() {
        server.then(404, "{\"message\":\"no Route matched with those values\"}");

        assertThat(probe.answers(server.root())).isFalse();
    }

    @Test
    void noRedirectIsFollowed() {
        server.then(302, "", "Location", "/elsewhere").then(401, "{}");

        assertThat(probe.answers(server.root())).isFalse();
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void aPageForPeopleIsNone() {
        server.then(401, "<html>Sign in</html>");

        assertThat(probe.answers(server.root())).isFalse();
    }

    @Test
    void nothingAtAllIsNone() {
        server.thenReset();

        assertThat(probe.answers(server.root())).isFalse();
        assertThat(probe.answers(URI.create("http://no-such-host.invalid"))).isFalse();
    }
}
