/**
 * A simulated Kandji (Iru) tenant: an HTTP server in this process that answers the two endpoints that the program calls
 * as the vendor's API does, with every quirk of it that is known, with its limits, and with failures on demand.
 *
 * <pre>{@code
 * try (SimulatedTenant tenant = SimulatedTenant.builder()
 *         .subdomain("demo")
 *         .fleet(SimulatedFleet.builder().size(500).seed(1).build())
 *         .clock(clock)
 *         .start()) {
 *     tenant.faults().onList().atOffset(300).times(2).answers(Answer.of(503, "busy"));
 *     // … point the program at tenant.baseUri() with tenant.token() …
 *     assertThat(tenant.requests().count(RequestKind.LIST, 503)).isEqualTo(2);
 * }
 * }</pre>
 *
 * <p>Two fleets stand behind one interface, {@link io.kandjietl.simulator.Fleet}. {@link
 * io.kandjietl.simulator.SimulatedFleet} is a pure function of a seed, a size and an instant: a fleet that lives, of which
 * a million devices take next to no memory. {@link io.kandjietl.simulator.ScriptedFleet} is a list of rows that a test
 * writes itself and changes between requests.
 *
 * <p>{@link io.kandjietl.simulator.SimulatedTenant} asks in this order, as a gateway does: is there a fault for the
 * request, is the path routed (404), is the token known (401), is there budget (429), is the permission there (403). Its
 * faults are in {@link io.kandjietl.simulator.Faults}, what it saw in {@link io.kandjietl.simulator.RequestLog}. {@link
 * io.kandjietl.simulator.SimulatorMain} is the same server as a process of its own.
 *
 * <p>Where the server can't do as the vendor's: it speaks plain HTTP/1.1 on the loopback interface, its {@code Date} header
 * is always the machine's time, because {@link com.sun.net.httpserver.HttpServer} writes it, and a dropped connection ends
 * as closed, never with a TCP reset.
 */
@NullMarked
package io.kandjietl.simulator;

import org.jspecify.annotations.NullMarked;
