package io.kandjietl.simulator;

import io.kandjietl.simulator.Draw.Trait;
import tools.jackson.core.JsonGenerator;

/** Writes the sections of one details answer. Now and then one is missing, or there without anything in it. */
final class Sections {

    private final JsonGenerator json;
    private final Draw draw;

    Sections(JsonGenerator json, Draw draw) {
        this.json = json;
        this.draw = draw.part(Trait.SECTION);
    }

    JsonGenerator json() {
        return json;
    }

    /** A section that is an object: as a rule this one, sometimes {@code {}}, sometimes none. */
    void object(String name, Runnable fields) {
        int rank = rank(name);
        if (rank >= 15) {
            json.writeObjectPropertyStart(name);
            fields.run();
            json.writeEndObject();
        } else if (rank >= 7) {
            empty(name);
        }
    }

    /** A section that is an array: as a rule this one, sometimes none. */
    void array(String name, Runnable elements) {
        if (rank(name) >= 10) {
            json.writeArrayPropertyStart(name);
            elements.run();
            json.writeEndArray();
        }
    }

    /** A section that a device of this kind has without anything in it. */
    void empty(String name) {
        json.writeObjectPropertyStart(name);
        json.writeEndObject();
    }

    private int rank(String section) {
        return draw.part(section.hashCode()).below(Trait.SECTION, 1000);
    }
}
