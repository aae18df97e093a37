package io.kandjietl.kandji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kandjietl.failure.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ReaderNotOpenException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

@Timeout(30)
class DeviceListReaderTests {

    private final FakeListing listing = new FakeListing(25, 10);

    private final DeviceListReader reader = new DeviceListReader(listing, 10);

    private final ExecutionContext context = new ExecutionContext();

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void everyRowIsReadOnceInOrderAndThenNullForEver() {
        reader.open(context);
        List<ListedDevice> rows = readAll();
        assertThat(ids(rows)).containsExactlyElementsOf(listing.ids());
        assertThat(rows).extracting(ListedDevice::position).containsExactlyElementsOf(longs(0, 25));
        assertThat(reader.read()).isNull();
        assertThat(reader.read()).isNull();
        assertThat(listing.asked()).contains(0L, 10L, 20L, 25L).isSubsetOf(0L, 10L, 20L, 25L, 30L);
    }

    @Test
    void aPageThatWasGuessedWronglyIsAskedForAnew() {
        listing.ids().addAll(new FakeListing(60, 10).ids().subList(25, 60));
        listing.before(offset -> {
            if (offset == 20) {
                listing.clampTo(3);
            }
        });
        reader.open(context);
        List<ListedDevice> rows = readAll();
        assertThat(ids(rows)).containsExactlyElementsOf(listing.ids());
        assertThat(rows).extracting(ListedDevice::position).containsExactlyElementsOf(longs(0, 60));
        assertThat(listing.asked()).contains(23L, 26L);
    }

    @Test
    void aGuessBeyondTheEndIsLeftToEndByItself() throws InterruptedException {
        Semaphore ended = new Semaphore(0);
        CountDownLatch readToTheEnd = new CountDownLatch(1);
        listing.before(offset -> {
            if (offset == 30) {
                awaitInterruptibly(readToTheEnd);
                ended.release();
            }
        });
        reader.open(context);
        assertThat(readAll()).hasSize(25);
        readToTheEnd.countDown();
        ended.acquire();
    }

    @Test
    void aGuessBeyondTheEndMayFail() {
        listing.before(offset -> {
            if (offset > 25) {
                throw new KandjiUnavailableException("Could not reach Kandji: test", "Wait.", null, null);
            }
        });
        reader.open(context);
        assertThat(readAll()).hasSize(25);
    }

    @Test
    void onlyAnEmptyPageIsTheEnd() {
        listing.before(offset -> listing.clampTo(offset == 10 ? 3 : 10));
        reader.open(context);
        assertThat(ids(readAll())).containsExactlyElementsOf(listing.ids());
        assertThat(listing.asked()).containsExactly(0L, 10L, 13L, 23L, 25L);
    }

    @Test
    void anEmptyTenantHasNoRows() {
        listing.ids().clear();
        reader.open(context);
        assertThat(reader.read()).isNull();
        reader.update(context);
        assertThat(DeviceListReader.isListingComplete(context)).isTrue();
        assertThat(listing.asked()).containsExactly(0L);
    }

    @Test
    void openingMakesNoRequest() {
        reader.open(context);
        assertThat(listing.asked()).isEmpty();
    }

    @Test
    void theNextPagesAreFetchedWhileOneIsHandedOutAndNoFurther() throws InterruptedException {
        listing.ids().addAll(new FakeListing(60, 10).ids().subList(25, 60));
        Semaphore asked = new Semaphore(0);
        listing.before(offset -> asked.release());
        reader.open(context);
        reader.read();
        asked.acquire(2);
        for (int i = 1; i < 10; i++) {
            reader.read();
        }
        assertThat(listing.asked())
                .as("one ahead, as long as nobody knows how large pages are")
                .containsExactly(0L, 10L);
        reader.read();
        asked.acquire(2);
        for (int i = 11; i < 20; i++) {
            reader.read();
        }
        assertThat(listing.asked()).as("then two").containsExactlyInAnyOrder(0L, 10L, 20L, 30L);
    }

    @Test
    void twoPagesAreFetchedAtATimeAndNoMore() {
        listing.ids().addAll(new FakeListing(200, 10).ids().subList(25, 200));
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger atOnce = new AtomicInteger();
        listing.before(offset -> {
            assertThat(Thread.currentThread().isVirtual()).isTrue();
            assertThat(atOnce.incrementAndGet()).isLessThanOrEqualTo(2);
            if (offset >= 20 && offset < 200) {
                await(both);
            }
            atOnce.decrementAndGet();
        });
        reader.open(context);
        assertThat(readAll())
                .as("each page from the third on came while another was fetched")
                .hasSize(200);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFailureAheadSurfacesWhenItsPageIsNeeded() {
        listing.before(offset -> {
            if (offset == 10) {
                throw new KandjiUnavailableException("Could not reach Kandji: test", "Wait.", null, null);
            }
        });
        reader.open(context);
        for (int i = 0; i < 10; i++) {
            assertThat(reader.read()).isNotNull();
        }
        assertThatThrownBy(reader::read)
                .isInstanceOf(KandjiUnavailableException.class)
                .hasMessage("Could not reach Kandji: test");
    }

    @Test
    void readingGoesOnAfterAFailureThatPassed() {
        AtomicReference<RuntimeException> failure = new AtomicReference<>(new IllegalStateException("once"));
        listing.before(offset -> {
            RuntimeException next = offset == 10 ? failure.getAndSet(null) : null;
            if (next != null) {
                throw next;
            }
        });
        reader.open(context);
        List<ListedDevice> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rows.add(reader.read());
        }
        assertThatThrownBy(reader::read).hasMessage("once");
        rows.addAll(readAll());
        assertThat(ids(rows)).containsExactlyElementsOf(listing.ids());
    }

    @Test
    void restartResumesOnePageBeforeTheFirstUncommittedDevice() {
        reader.open(context);
        read(14);
        reader.update(context);
        read(4);
        reader.close();

        DeviceListReader restarted = new DeviceListReader(listing, 10);
        restarted.open(copyOf(context));
        List<ListedDevice> rows = readAll(restarted);
        assertThat(ids(rows)).containsExactlyElementsOf(listing.ids().subList(4, 25));
        assertThat(rows).extracting(ListedDevice::position).containsExactlyElementsOf(longs(14, 35));
    }

    @Test
    void restartWithinTheFirstPageBeginsAtTheBeginning() {
        reader.open(context);
        read(7);
        reader.update(context);
        reader.open(context);
        List<ListedDevice> rows = readAll();
        assertThat(ids(rows)).containsExactlyElementsOf(listing.ids());
        assertThat(rows.getFirst().position()).isEqualTo(7);
    }

    @Test
    void repeatedRestartsGoBackOnePageAndNoFurther() {
        reader.open(context);
        read(20);
        reader.update(context);
        for (int i = 0; i < 3; i++) {
            reader.open(context);
            reader.update(context);
            read(4);
            reader.update(context);
        }
        assertThat(context.toMap())
                .isEqualTo(Map.of(
                        DeviceListReader.OFFSET,
                        20L,
                        DeviceListReader.POSITION,
                        32L,
                        DeviceListReader.COMPLETE,
                        "false"));
        reader.open(context);
        assertThat(ids(readAll())).containsExactlyElementsOf(listing.ids().subList(10, 25));
    }

    @Test
    void restartShowsWhatMovedForwardMeanwhile() {
        reader.open(context);
        read(15);
        reader.update(context);
        listing.ids().subList(0, 5).clear();
        reader.open(context);
        assertThat(ids(readAll())).contains("d0015", "d0016", "d0017", "d0018", "d0019");
    }

    @Test
    void aDeviceRemovedDuringTheWalkHidesAnother() {
        // Known and accepted: a device that one listing does not show is not yet gone.
        listing.before(offset -> {
            if (offset == 10) {
                listing.ids().removeFirst();
            }
        });
        reader.open(context);
        assertThat(ids(readAll())).hasSize(24).doesNotContain("d0010");
    }

    @Test
    void aDeviceThatMovesOnIsReadTwiceWithAHigherPosition() {
        listing.before(offset -> {
            if (offset == 10) {
                listing.ids().addFirst("c9999");
            }
        });
        reader.open(context);
        assertThat(readAll().stream()
                        .filter(listed ->
                                listed.row().path("device_id").asString().equals("d0009")))
                .extracting(ListedDevice::position)
                .containsExactly(9L, 10L);
    }

    @Test
    void aCommittedEndIsReadNoMore() {
        reader.open(context);
        readAll();
        assertThat(DeviceListReader.isListingComplete(context)).isFalse();
        reader.update(context);
        assertThat(context.toMap())
                .isEqualTo(Map.of(
                        DeviceListReader.OFFSET,
                        25L,
                        DeviceListReader.POSITION,
                        25L,
                        DeviceListReader.COMPLETE,
                        "true"));
        int requests = listing.asked().size();
        reader.open(context);
        assertThat(reader.read()).isNull();
        reader.update(context);
        assertThat(DeviceListReader.isListingComplete(context)).isTrue();
        assertThat(listing.asked()).hasSize(requests);
    }

    @Test
    void integersInTheContextAreUnderstood() {
        context.put(DeviceListReader.OFFSET, 20);
        context.put(DeviceListReader.POSITION, 20);
        reader.open(context);
        ListedDevice first = reader.read();
        assertThat(first).isNotNull();
        assertThat(first.position()).isEqualTo(20);
        assertThat(first.row().path("device_id").asString()).isEqualTo("d0010");
    }

    @Test
    void anApiThatIgnoresTheOffsetIsNotReadForEver() {
        DeviceListReader ignored = new DeviceListReader(offset -> listing.page(0), 10);
        ignored.open(context);
        for (int i = 0; i < 10; i++) {
            ignored.read();
        }
        KandjiUnavailableException e = catchThrowableOfType(KandjiUnavailableException.class, ignored::read);
        assertThat(e)
                .hasMessage("The listing of devices can't be trusted (GET /api/v1/devices): the page of 10 devices at"
                        + " offset 10 is the one before once more: the API ignores `offset`");
        assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(e.remedy()).contains("Run the same command again later");
        ignored.close();
    }

    @Test
    void aSingleDeviceMayComeTwiceButNotThrice() {
        FakeListing one = new FakeListing(11, 10);
        one.before(offset -> {
            if (offset == 11) {
                one.ids().addFirst("c9999");
            }
        });
        DeviceListReader honest = new DeviceListReader(one, 10);
        honest.open(context);
        assertThat(ids(readAll(honest))).hasSize(12).endsWith("d0010", "d0010");

        DeviceListReader ignored = new DeviceListReader(offset -> new FakeListing(1, 10).page(0), 10);
        ignored.open(new ExecutionContext());
        assertThatThrownBy(() -> readAll(ignored)).hasMessageContaining("the API ignores `offset`");
    }

    @Test
    void rowsWithoutIdsAreToldApartByWhatTheyAre() {
        DeviceListReader odd = new DeviceListReader(
                offset -> new DevicePage(
                        offset,
                        offset == 4
                                ? List.of()
                                : List.<JsonNode>of(
                                        JsonNodeFactory.instance.stringNode("row " + offset),
                                        JsonNodeFactory.instance.objectNode().put("device_id", offset))),
                10);
        odd.open(context);
        assertThat(readAll(odd)).hasSize(4);
    }

    @Test
    void aListingHasABound() {
        Listing endless = new Listing(listing, 0, 20);
        for (int i = 0; i < 20; i++) {
            assertThat(endless.next()).isNotNull();
        }
        assertThatThrownBy(endless::next)
                .isInstanceOf(KandjiUnavailableException.class)
                .hasMessage("The listing of devices can't be trusted (GET /api/v1/devices): it does not end after 20"
                        + " rows");
        endless.close();
    }

    @Test
    void closingCancelsTheFetchAndLeavesNothingRunning() throws InterruptedException {
        AtomicReference<Thread> fetching = new AtomicReference<>();
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        listing.before(offset -> {
            if (offset == 10) {
                fetching.set(Thread.currentThread());
                reached.countDown();
                awaitInterruptibly(never);
            }
        });
        reader.open(context);
        reader.read();
        reached.await();
        reader.close();
        assertThat(fetching.get().isAlive()).isFalse();
        assertThatThrownBy(reader::read)
                .isInstanceOf(ReaderNotOpenException.class)
                .hasMessage("The reader of the device listing must be opened before it is read");
        reader.close();
    }

    @Test
    void anInterruptedReadAbandonsItsPageAndKeepsTheFlag() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicReference<Thread> fetching = new AtomicReference<>();
        listing.before(offset -> {
            fetching.set(Thread.currentThread());
            reached.countDown();
            awaitInterruptibly(never);
        });
        reader.open(context);
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            assertThatThrownBy(reader::read)
                    .isInstanceOf(KandjiInterruptedException.class)
                    .hasMessage("Stopped while waiting for Kandji: the page of the listing at offset 0 was abandoned");
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = Thread.ofVirtual().start(task);
        reached.await();
        thread.interrupt();
        assertThat(task.get()).isTrue();
        assertThat(fetching.get().isAlive()).isFalse();
    }

    @Test
    void openingAgainGivesUpTheWalkUnderWay() {
        reader.open(context);
        read(12);
        reader.open(context);
        List<ListedDevice> rows = readAll();
        assertThat(ids(rows)).containsExactlyElementsOf(listing.ids());
        assertThat(rows.getFirst().position()).isZero();
    }

    private void read(int rows) {
        for (int i = 0; i < rows; i++) {
            assertThat(reader.read()).isNotNull();
        }
    }

    private List<ListedDevice> readAll() {
        return readAll(reader);
    }

    private static List<ListedDevice> readAll(DeviceListReader reader) {
        List<ListedDevice> rows = new ArrayList<>();
        for (ListedDevice listed = reader.read(); listed != null; listed = reader.read()) {
            rows.add(listed);
        }
        return rows;
    }

    private static List<String> ids(List<ListedDevice> rows) {
        return rows.stream()
                .map(listed -> listed.row().path("device_id").asString())
                .toList();
    }

    private static List<Long> longs(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static ExecutionContext copyOf(ExecutionContext context) {
        return new ExecutionContext(context);
    }

    private static void awaitInterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
