package io.kandjietl.kandji;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacerTests {

    private final FakeTime time = new FakeTime();

    private final Pacer pacer =
            new Pacer(20, time.timing().nanoTime(), time.timing().sleeper());

    @Test
    void requestsAreEvenlySpaced() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            pacer.await();
        }
        assertThat(time.sleeps()).containsExactly(50L, 50L, 50L);
    }

    @Test
    void onlyWhatIsLeftOfTheIntervalIsWaitedFor() throws InterruptedException {
        pacer.await();
        time.pass(Duration.ofNanos(20_500_000));
        pacer.await();
        assertThat(time.sleeps()).containsExactly(30L);
    }

    @Test
    void aPauseIsNotFollowedByABurst() throws InterruptedException {
        pacer.await();
        time.pass(Duration.ofHours(1));
        pacer.await();
        pacer.await();
        pacer.await();
        assertThat(time.sleeps()).containsExactly(50L, 50L);
    }

    @Test
    void threadsShareTheRate() throws Exception {
        // Sleeping does not advance this time, so every caller's moment can be read from how long it would have slept.
        List<Long> sleeps = new CopyOnWriteArrayList<>();
        Pacer shared = new Pacer(20, () -> 0, sleeps::add);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calls = IntStream.range(0, 100)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        shared.await();
                        return i;
                    }))
                    .toList();
            for (Future<?> call : calls) {
                call.get();
            }
        }
        assertThat(sleeps)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(1, 100).mapToObj(i -> i * 50L).toList());
    }
}
