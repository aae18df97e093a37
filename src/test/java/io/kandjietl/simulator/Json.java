package io.kandjietl.simulator;

import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** How the simulator writes JSON: streamed, in UTF-8. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static JsonGenerator generator(OutputStream out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    /** Writes a text, or {@code ""} in place of null, as the API does. */
    static void text(JsonGenerator json, String name, @Nullable String value) {
        json.writeStringProperty(name, value == null ? "" : value);
    }

    /** Writes a user as the API shows an assigned one. */
    static void person(JsonGenerator json, Person person) {
        json.writeStartObject();
        if (person.email() == null) {
            json.writeNullProperty("email");
        } else {
            json.writeStringProperty("email", person.email());
        }
        json.writeStringProperty("name", person.name());
        if (person.hasIntegerId()) {
            json.writeNumberProperty("id", Long.parseLong(person.id()));
        } else {
            json.writeStringProperty("id", person.id());
        }
        json.writeBooleanProperty("is_archived", person.archived());
        json.writeEndObject();
    }
}
