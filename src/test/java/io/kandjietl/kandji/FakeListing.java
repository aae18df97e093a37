package io.kandjietl.kandji;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A tenant's listing in memory, page by page. */
final class FakeListing implements PageSource {

    private final List<String> ids;

    private final List<Long> asked = new CopyOnWriteArrayList<>();

    private volatile int pageSize;

    private volatile LongConsumer before = offset -> {};

    FakeListing(int devices, int pageSize) {
        this.ids = new CopyOnWriteArrayList<>(
                IntStream.range(0, devices).mapToObj(i -> "d%04d".formatted(i)).toList());
        this.pageSize = pageSize;
    }

    @Override
    public DevicePage page(long offset) {
        asked.add(offset);
        before.accept(offset);
        int from = (int) Math.min(offset, ids.size());
        int to = Math.min(from + pageSize, ids.size());
        List<JsonNode> rows = new ArrayList<>();
        ids.subList(from, to)
                .forEach(id -> rows.add(JsonNodeFactory.instance.objectNode().put("device_id", id)));
        return new DevicePage(offset, rows);
    }

    /** What happens before a page is answered, by its offset. */
    void before(LongConsumer action) {
        before = action;
    }

    /** Rows that a page has from now on, whatever is asked for. */
    void clampTo(int rows) {
        pageSize = rows;
    }

    /** The devices, to be changed while they are listed. */
    List<String> ids() {
        return ids;
    }

    /** The offsets asked for so far. */
    List<Long> asked() {
        return List.copyOf(asked);
    }
}
