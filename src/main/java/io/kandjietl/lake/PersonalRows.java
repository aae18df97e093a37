package io.kandjietl.lake;

import io.kandjietl.device.ForgottenPerson;
import io.kandjietl.device.PersonalWords;
import java.util.Objects;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Rows of the lake's files with a pseudonym in a person's place. */
final class PersonalRows {

    private final ForgottenPerson person;
    private final PersonalWords words;

    PersonalRows(ForgottenPerson person) {
        this.person = person;
        this.words = new PersonalWords(person);
    }

    /** The person with what a row of an assignment tells. */
    static ForgottenPerson learn(ForgottenPerson person, Group row) {
        String deviceId = require(row, "device_id");
        String username = text(row, "username");
        String name = text(row, "user_name");
        if (username != null) {
            return person.deviceIds().contains(deviceId) && person.isOwnAccount(username, name)
                    ? person.withAccount(username)
                    : person;
        }
        String userId = text(row, "user_id");
        String email = text(row, "user_email");
        return person.isUser(userId, email) ? person.with(deviceId, userId, email, name) : person;
    }

    /** A row without the person; empty where the person is not in it. */
    Optional<Group> without(String entity, Group row) {
        return entity.equals("assignments") ? assignment(row) : device(row);
    }

    private Optional<Group> assignment(Group row) {
        String username = text(row, "username");
        boolean isUser = person.isUser(text(row, "user_id"), text(row, "user_email"));
        boolean isAccount = person.isAccount(require(row, "device_id"), username);
        if (!isUser && !isAccount) {
            return Optional.empty();
        }
        String key = username == null ? person.pseudonym() : person.pseudonymOf(username);
        return Optional.of(copy(row, (column, text) -> switch (column) {
            case "assignee_key", "username" -> key;
            case "user_id", "user_email", "user_name" -> person.pseudonym();
            default -> text;
        }));
    }

    private Optional<Group> device(Group row) {
        String deviceId = require(row, "device_id");
        boolean[] isChanged = new boolean[1];
        Group copy = copy(row, (column, text) -> {
            String without = switch (column) {
                case "device_name", "asset_tag", "blueprint_name", "tags" -> words.inText(text, deviceId);
                case "extra" -> words.inJson(text, deviceId);
                default -> text;
            };
            isChanged[0] |= !text.equals(without);
            return Objects.requireNonNull(without);
        });
        return isChanged[0] ? Optional.of(copy) : Optional.empty();
    }

    private interface Replacement {
        String of(String column, String text);
    }

    private static Group copy(Group row, Replacement replacement) {
        Group copy = new SimpleGroup(row.getType());
        for (Type field : row.getType().getFields()) {
            copy(row, copy, field.getName(), field, replacement);
        }
        return copy;
    }

    /** Field by field, with the column that a list's elements belong to. */
    private static void copy(Group from, Group to, String column, Type field, Replacement replacement) {
        String name = field.getName();
        for (int i = 0; i < from.getFieldRepetitionCount(name); i++) {
            if (!field.isPrimitive()) {
                Group below = to.addGroup(name);
                for (Type part : field.asGroupType().getFields()) {
                    copy(from.getGroup(name, i), below, column, part, replacement);
                }
                continue;
            }
            switch (field.asPrimitiveType().getPrimitiveTypeName()) {
                case BINARY -> to.add(name, replacement.of(column, from.getString(name, i)));
                case INT64 -> to.add(name, from.getLong(name, i));
                case BOOLEAN -> to.add(name, from.getBoolean(name, i));
                case INT32, FLOAT, DOUBLE, INT96, FIXED_LEN_BYTE_ARRAY ->
                    throw new IllegalStateException("The lake's files have no column like " + field);
            }
        }
    }

    static String require(Group row, String column) {
        return row.getString(column, 0);
    }

    static @Nullable String text(Group row, String column) {
        return row.getFieldRepetitionCount(column) == 0 ? null : row.getString(column, 0);
    }
}
