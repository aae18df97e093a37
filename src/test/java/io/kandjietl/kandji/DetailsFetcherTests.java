package io.kandjietl.kandji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kandjietl.kandji.DetailsAnswer.Answered;
import io.kandjietl.kandji.DetailsAnswer.Failed;
import io.kandjietl.kandji.DetailsAnswer.NotFound;
import io.kandjietl.kandji.DetailsAnswer.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.JsonNodeFactory;

@Timeout(60)
class DetailsFetcherTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123456789Z");

    private static final Instant LATER = NOW.plus(Duration.ofMinutes(75));

    private static final DetailsAnswer ANSWER = new Answered(JsonNodeFactory.instance.objectNode());

    @Test
    void everyDeviceIsAskedForOnceAndTheAnswersComeInOrder() {
        DetailsBatch batch = fetcher(3, id -> ANSWER).fetch(requests(40), LATER);

        assertThat(batch.stop()).isNull();
        assertThat(batch.asked()).extracting(asked -> asked.request().rank()).containsExactlyElementsOf(ranks(40));
        assertThat(batch.asked().getFirst())
                .isEqualTo(new AskedDetails(
                        new DetailsRequest(1, "d1"), Instant.parse("2026-11-23T12:00:00.123456Z"), ANSWER));
    }

    @Test
    void nothingIsAskedForWhereNothingIsWanted() {
        assertThat(fetcher(8, id -> ANSWER).fetch(List.of(), LATER)).isEqualTo(new DetailsBatch(List.of(), null, null));
    }

    @Test
    void asManyRequestsAsAllowedRunSideBySideAndNoMore() {
        CyclicBarrier four = new CyclicBarrier(4);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        fetcher(4, id -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    meet(four);
                    running.decrementAndGet();
                    return ANSWER;
                })
                .fetch(requests(8), LATER);

        assertThat(most).hasValue(4);
    }

    @Test
    void aFailedDeviceIsItsOwnMisfortune() {
        DetailsAnswer failed = new Failed("Could not reach Kandji");
        DetailsBatch batch = fetcher(1, id -> id.equals("d2") ? failed : id.equals("d3") ? new NotFound() : ANSWER)
                .fetch(requests(4), LATER);

        assertThat(batch.stop()).isNull();
        assertThat(batch.asked())
                .extracting(AskedDetails::answer)
                .containsExactly(ANSWER, failed, new NotFound(), ANSWER);
    }

    @Test
    void aRefusalBeforeAnyAnswerIsItsDevicesMisfortuneToo() {
        DetailsBatch batch = fetcher(1, id -> id.equals("d1") ? new Refused("no permission") : ANSWER)
                .fetch(requests(10), LATER);

        assertThat(batch.stop()).isNull();
        assertThat(batch.asked()).hasSize(10);
    }

    @Test
    void whatFailsBecauseItIsAbandonedIsNoFailure() {
        DetailsBatch batch = fetcher(2, id -> {
                    if (!id.equals("d1")) {
                        await(new CountDownLatch(1));
                        throw new IllegalStateException("a connection that the interrupt closed");
                    }
                    return ANSWER;
                })
                .fetch(requests(10), NOW.plusMillis(50));

        assertThat(batch.stop()).isEqualTo(DetailsStop.OUT_OF_TIME);
    }

    @Test
    void oneRefusalAmongAnswersIsItsDevicesMisfortune() {
        DetailsBatch batch = fetcher(1, id -> id.endsWith("3") || id.endsWith("4") ? new Refused("odd") : ANSWER)
                .fetch(requests(40), LATER);

        assertThat(batch.stop()).isNull();
        assertThat(batch.asked()).hasSize(40);
    }

    @Test
    void threeRefusalsInARowEndTheAsking() {
        DetailsBatch batch = fetcher(
                        1, id -> id.equals("d1") || id.equals("d2") ? ANSWER : new Refused("no permission"))
                .fetch(requests(10), LATER);

        assertThat(batch.stop()).isEqualTo(DetailsStop.REFUSED);
        assertThat(batch.asked()).extracting(asked -> asked.request().rank()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aWishToWaitEndsTheAskingEvenWhereItIsOverByThen() {
        for (Instant until : List.of(NOW.plusSeconds(3600), NOW.minusMillis(1))) {
            DetailsBatch batch = fetcher(1, id -> {
                        throw new KandjiUnavailableException("nothing left", "wait", until, null);
                    })
                    .fetch(requests(10), LATER);

            assertThat(batch).isEqualTo(new DetailsBatch(List.of(), DetailsStop.TOLD_TO_WAIT, until));
        }
    }

    @Test
    void failuresInARowEndTheAskingOverSeveralBatches() {
        DetailsFetcher fetcher = fetcher(1, id -> new Failed("no complete answer"));
        assertThat(fetcher.fetch(requests(15), LATER).stop()).isNull();

        DetailsBatch batch = fetcher.fetch(requests(15), LATER);

        assertThat(batch.stop()).isEqualTo(DetailsStop.IN_TROUBLE);
        assertThat(batch.asked()).hasSize(DetailsFetcher.MOST_FAILURES_IN_A_ROW - 15);
    }

    @Test
    void anAnswerBetweenFailuresLetsItGoOn() {
        DetailsFetcher fetcher = fetcher(1, id -> id.endsWith("9") ? ANSWER : new Failed("reset"));

        assertThat(fetcher.fetch(requests(200), LATER).stop()).isNull();
    }

    @Test
    void whatIsUnderWayWhenTheTimeIsOverIsAbandonedAndHasEnded() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        DetailsBatch batch = fetcher(2, id -> {
                    threads.add(Thread.currentThread());
                    return id.equals("d1") ? ANSWER : untilInterrupted();
                })
                .fetch(requests(10), NOW.plusMillis(50));

        assertThat(batch.stop()).isEqualTo(DetailsStop.OUT_OF_TIME);
        assertThat(batch.asked())
                .extracting(asked -> asked.request().deviceId())
                .containsExactly("d1");
        assertThat(threads).hasSizeBetween(1, 2).noneMatch(Thread::isAlive);
    }

    @Test
    void anInterruptAbandonsTheRequestsBeforeItEnds() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Thread step = Thread.currentThread();
        Thread operator = Thread.ofVirtual().start(() -> {
            await(begun);
            step.interrupt();
        });

        assertThatThrownBy(() -> fetcher(2, id -> {
                            threads.add(Thread.currentThread());
                            begun.countDown();
                            return untilInterrupted();
                        })
                        .fetch(requests(10), LATER))
                .isInstanceOf(KandjiInterruptedException.class)
                .hasMessage("Stopped while waiting for Kandji: the details of 10 devices was abandoned");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(threads).hasSize(2).noneMatch(Thread::isAlive);
        operator.join();
    }

    @Test
    void whatNobodyForesawIsThrown() {
        assertThatThrownBy(() -> fetcher(2, id -> {
                            throw new IllegalStateException("unforeseen");
                        })
                        .fetch(requests(10), LATER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("unforeseen");
    }

    @Test
    void atLeastOneRequestIsAllowed() {
        assertThatThrownBy(() -> fetcher(0, id -> ANSWER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("At least one request must be allowed at a time: 0");
    }

    private static DetailsFetcher fetcher(int concurrent, Function<String, DetailsAnswer> source) {
        return new DetailsFetcher(source, concurrent, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static List<DetailsRequest> requests(int count) {
        return ranks(count).stream()
                .map(rank -> new DetailsRequest(rank, "d" + rank))
                .toList();
    }

    private static List<Long> ranks(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private static DetailsAnswer untilInterrupted() {
        await(new CountDownLatch(1));
        throw new KandjiInterruptedException("GET details", new InterruptedException());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
