package io.kandjietl.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM with the serial collector allocated in its heap, by its own log: what is gone after each collection, and what is
 * there at its end; and what collections left. Logging that costs nothing that could be measured, unlike recording events. To the
 * kilobyte, but for what others count as allocated and a thread never used of its buffer.
 */
final class GcLog {

    private static final Pattern COLLECTED =
            Pattern.compile("GC\\((\\d+)\\) (?:DefNew|Tenured): (\\d+)K\\(\\d+K\\)->(\\d+)K\\(.*");

    private static final Pattern AT_THE_END =
            Pattern.compile("\\[gc,exit *] *(?:DefNew|Tenured) +total \\d+K, used (\\d+)K.*");

    private GcLog() {}

    /** The JVM's option that writes it. */
    static String option(String file) {
        return "-Xlog:gc+heap=info,gc+exit=info:file=" + file + ":tags:filecount=0";
    }

    /** Bytes that were allocated. */
    static long allocated(List<String> lines) {
        long kilobytes = 0;
        int generations = 0;
        for (String line : lines) {
            Matcher collected = COLLECTED.matcher(line);
            Matcher atTheEnd = AT_THE_END.matcher(line);
            if (collected.find()) {
                kilobytes += Long.parseLong(collected.group(2)) - Long.parseLong(collected.group(3));
            } else if (atTheEnd.matches()) {
                kilobytes += Long.parseLong(atTheEnd.group(1));
                generations++;
            }
        }
        Work.expect("Generations of the heap at the JVM's end", 2, generations);
        return kilobytes * 1024;
    }

    /** Bytes that were left after the collection that left most: what lives, and what the old generation still holds. */
    static long mostLeft(List<String> lines) {
        Map<String, Long> left = new HashMap<>();
        for (String line : lines) {
            Matcher collected = COLLECTED.matcher(line);
            if (collected.find()) {
                left.merge(collected.group(1), Long.parseLong(collected.group(3)), Long::sum);
            }
        }
        return left.values().stream().mapToLong(Long::longValue).max().orElse(0) * 1024;
    }
}
