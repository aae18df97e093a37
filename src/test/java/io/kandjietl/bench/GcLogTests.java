package io.kandjietl.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What was promoted is counted once. */
class GcLogTests {

    private static final List<String> LOG = List.of(
            "[gc,heap] GC(0) DefNew: 2176K(2432K)->255K(2432K) Eden: 2176K(2176K)->0K(2176K) From: 0K(256K)->255K(256K)",
            "[gc,heap] GC(0) Tenured: 0K(5504K)->614K(5504K)",
            "[gc,heap] GC(1) DefNew: 2431K(2432K)->0K(4352K) Eden: 2176K(2176K)->0K(3904K) From: 255K(256K)->0K(448K)",
            "[gc,heap] GC(1) Tenured: 614K(9344K)->700K(9536K)",
            "[gc,exit     ] Heap",
            "[gc,exit     ]  DefNew     total 4352K, used 929K [0x00000000f8000000, 0x00000000f84b0000, 0x00000000faaa0000)",
            "[gc,exit     ]   eden space 3904K,  23% used [0x00000000f8000000, 0x00000000f80e8508, 0x00000000f83d0000)",
            "[gc,exit     ]  Tenured    total 9536K, used 700K [0x00000000faaa0000, 0x00000000fb3f0000, 0x0000000100000000)");

    @Test
    void allocatedIsWhatEachCollectionFoundNewAndWhatIsNewAtTheEnd() {
        assertThat(GcLog.allocated(LOG)).isEqualTo((2176 + 2176 + 929) * 1024);
    }

    @Test
    void whatTheCollectionThatLeftMostLeftIsOfBothGenerations() {
        assertThat(GcLog.mostLeft(LOG)).isEqualTo((255 + 614) * 1024);
    }

    @Test
    void aLogThatWasCutOffIsNone() {
        assertThatIllegalStateException()
                .isThrownBy(() -> GcLog.allocated(LOG.subList(0, 4)))
                .withMessageContaining("Generations of the heap");
    }
}
