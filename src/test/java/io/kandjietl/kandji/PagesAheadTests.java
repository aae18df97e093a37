package io.kandjietl.kandji;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PagesAheadTests {

    private final FakeListing listing = new FakeListing(60, 10);

    private final AtomicLong nanoTime = new AtomicLong();

    /** Pages 0 and 10, and then 30 before 20. */
    private final CountDownLatch threeCame = new CountDownLatch(3);

    private final PagesAhead ahead = new PagesAhead(listing, this::came);

    private long came() {
        threeCame.countDown();
        return nanoTime.get();
    }

    @AfterEach
    void close() {
        ahead.close();
    }

    private long askedFor(long offset) {
        return Collections.frequency(listing.asked(), offset);
    }

    @Test
    void aPageThatCameLongBeforeTheOneInFrontOfItIsAskedForAnew() {
        listing.before(offset -> {
            if (offset == 20) {
                await(threeCame);
                nanoTime.addAndGet(60_000_000_000L);
            }
        });
        ahead.take(0);
        ahead.take(10);
        ahead.take(20);
        assertThat(ahead.take(30).rows()).hasSize(10);

        assertThat(askedFor(30)).isEqualTo(2);
    }

    @Test
    void aPageThatCameInTimeIsTaken() {
        for (long offset = 0; offset <= 60; offset += 10) {
            ahead.take(offset);
        }
        assertThat(askedFor(30)).isEqualTo(1);
        assertThat(askedFor(50)).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
